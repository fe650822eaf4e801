package org.quicksilver.memory;

import org.jspecify.annotations.Nullable;

/**
 * A segment that is to be mapped, or that the log has bytes for, is not where it was. Nothing was
 * changed.
 */
public final class SegmentMissingException extends RecoverableMemoryException {

  private static final long serialVersionUID = 1L;

  /** Says what, where and what to do. */
  public SegmentMissingException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
