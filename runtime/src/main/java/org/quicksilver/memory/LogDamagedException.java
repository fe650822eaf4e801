package org.quicksilver.memory;

import org.jspecify.annotations.Nullable;

/**
 * Bytes of the log that had been durable have changed. Nothing was applied and nothing was changed:
 * what is there can still be copied and looked at.
 */
public final class LogDamagedException extends RecoverableMemoryException {

  private static final long serialVersionUID = 1L;

  /** Says what, where and what to do. */
  public LogDamagedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
