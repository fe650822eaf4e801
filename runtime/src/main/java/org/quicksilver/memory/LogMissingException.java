package org.quicksilver.memory;

import org.jspecify.annotations.Nullable;

/** There is no log there, or the file is none. */
public final class LogMissingException extends RecoverableMemoryException {

  private static final long serialVersionUID = 1L;

  /** Says what, where and what to do. */
  public LogMissingException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
