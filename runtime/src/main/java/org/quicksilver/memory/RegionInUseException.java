package org.quicksilver.memory;

/** A region cannot be unmapped while transactions have ranges in it: end them first. */
public final class RegionInUseException extends RecoverableMemoryException {

  private static final long serialVersionUID = 1L;

  /** Says what, where and what to do. */
  public RegionInUseException(String message) {
    super(message, null);
  }
}
