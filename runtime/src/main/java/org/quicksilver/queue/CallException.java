package org.quicksilver.queue;

/** A request has no completion; the subclass says why, and whether its effect may have happened. */
public abstract class CallException extends Exception {

  private static final long serialVersionUID = 1L;

  CallException(String message) {
    super(message);
  }
}
