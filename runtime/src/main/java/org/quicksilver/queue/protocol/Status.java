package org.quicksilver.queue.protocol;

/** What became of a request. */
public enum Status {
  /** It was served; the body is its completion. */
  DONE,
  /** Its server failed; the body is the reason. */
  FAILED,
  /** It was cancelled, before it was served or while it was. */
  CANCELLED,
  /** The server's own transaction was aborted: nothing has happened; the body is the reason. */
  ABORTED,
  /** Nobody offers the queue there any more; it was not served. */
  WITHDRAWN
}
