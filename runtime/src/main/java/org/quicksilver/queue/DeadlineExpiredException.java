package org.quicksilver.queue;

/** There was no completion in time; the request was cancelled, and may have happened. */
public final class DeadlineExpiredException extends CallException {

  private static final long serialVersionUID = 1L;

  DeadlineExpiredException(String message) {
    super(message);
  }
}
