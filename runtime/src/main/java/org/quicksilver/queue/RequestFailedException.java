package org.quicksilver.queue;

/** The server threw; what it said is the message. On a recoverable queue its work was aborted. */
public final class RequestFailedException extends CallException {

  private static final long serialVersionUID = 1L;

  RequestFailedException(String message) {
    super(message);
  }
}
