package org.quicksilver.queue.protocol;

/** What came over a channel is no frame of this version: the channel ends. */
public final class BadFrameException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Says what is wrong with it. */
  public BadFrameException(String message) {
    super(message);
  }
}
