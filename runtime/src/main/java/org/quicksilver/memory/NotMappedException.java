package org.quicksilver.memory;

/**
 * The region is not mapped, or is a region of another recoverable memory: map it, and use it where
 * it was mapped.
 */
public final class NotMappedException extends RecoverableMemoryException {

  private static final long serialVersionUID = 1L;

  /** Says what, where and what to do. */
  public NotMappedException(String message) {
    super(message, null);
  }
}
