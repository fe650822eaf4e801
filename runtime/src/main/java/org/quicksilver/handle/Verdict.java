package org.quicksilver.handle;

/** What was found of a handle, or done with it. */
public enum Verdict {
  /** It outlives its committed transaction. */
  LEAK,
  /** It outlives its aborted transaction; the policy leaves it open. */
  ORPHAN,
  /** It was closed by us. */
  RECLAIMED,
  /** The application closed it after all: the accusation is withdrawn. */
  WITHDRAWN,
  /** Closing it failed; it is still open. */
  FAILED,
  /** It was collected while open: nobody can close it any more. */
  UNREACHABLE
}
