package org.quicksilver.memory;

import org.jspecify.annotations.Nullable;

/** A log is to be created where a file is; it was not touched. */
public final class LogExistsException extends RecoverableMemoryException {

  private static final long serialVersionUID = 1L;

  /** Says what, where and what to do. */
  public LogExistsException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
