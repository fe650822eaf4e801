package org.quicksilver.memory;

/** A range to be mapped overlaps one that is mapped: a byte has one place in memory. */
public final class RegionOverlapException extends RecoverableMemoryException {

  private static final long serialVersionUID = 1L;

  /** Says what, where and what to do. */
  public RegionOverlapException(String message) {
    super(message, null);
  }
}
