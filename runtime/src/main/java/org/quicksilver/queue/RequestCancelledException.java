package org.quicksilver.queue;

/** The request was cancelled; its server may have been at work on it. */
public final class RequestCancelledException extends CallException {

  private static final long serialVersionUID = 1L;

  RequestCancelledException(String message) {
    super(message);
  }
}
