package org.quicksilver.memory;

/** The recoverable memory is closed. */
public final class MemoryClosedException extends RecoverableMemoryException {

  private static final long serialVersionUID = 1L;

  /** Says what, where and what to do. */
  public MemoryClosedException(String message) {
    super(message, null);
  }
}
