package org.quicksilver.memory;

import org.jspecify.annotations.Nullable;

/**
 * A write to the log or a force has failed: what has been flushed survives, of the rest nobody
 * knows. It stays so until the memory is closed and opened again, which recovers it: a force that
 * failed must not be tried again.
 */
public final class MemoryFailedException extends RecoverableMemoryException {

  private static final long serialVersionUID = 1L;

  /** Says what, where and what to do. */
  public MemoryFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
