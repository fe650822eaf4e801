package org.quicksilver.memory;

import org.jspecify.annotations.Nullable;

/** There is no room on the disk. What is committed stays so. */
public final class DiskFullException extends RecoverableMemoryException {

  private static final long serialVersionUID = 1L;

  /** Says what, where and what to do. */
  public DiskFullException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
