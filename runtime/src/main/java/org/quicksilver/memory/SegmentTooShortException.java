package org.quicksilver.memory;

/**
 * A segment ends before a range that is to be mapped, or that the log has bytes for. Nothing was
 * changed.
 */
public final class SegmentTooShortException extends RecoverableMemoryException {

  private static final long serialVersionUID = 1L;

  /** Says what, where and what to do. */
  public SegmentTooShortException(String message) {
    super(message, null);
  }
}
