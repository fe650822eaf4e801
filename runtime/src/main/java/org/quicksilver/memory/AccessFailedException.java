package org.quicksilver.memory;

import org.jspecify.annotations.Nullable;

/** A file cannot be opened, read or made. What is committed stays so. */
public final class AccessFailedException extends RecoverableMemoryException {

  private static final long serialVersionUID = 1L;

  /** Says what, where and what to do. */
  public AccessFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
