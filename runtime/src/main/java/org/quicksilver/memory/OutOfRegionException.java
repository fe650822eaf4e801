package org.quicksilver.memory;

/** A range does not lie in the region it was declared for: one range, one region. */
public final class OutOfRegionException extends RecoverableMemoryException {

  private static final long serialVersionUID = 1L;

  /** Says what, where and what to do. */
  public OutOfRegionException(String message) {
    super(message, null);
  }
}
