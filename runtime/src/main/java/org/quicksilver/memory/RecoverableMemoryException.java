package org.quicksilver.memory;

import org.jspecify.annotations.Nullable;

/**
 * Recoverable memory refuses or cannot do something; the subclass says what, the message what,
 * where and what to do about it.
 */
public abstract class RecoverableMemoryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RecoverableMemoryException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
