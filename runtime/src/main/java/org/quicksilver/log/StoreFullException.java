package org.quicksilver.log;

import org.jspecify.annotations.Nullable;

/**
 * A map or the disk of a {@link NodeStore} is full. Nothing was changed by the call that threw it;
 * the store stays usable, and whatever is removed makes room. The message says what is full and
 * what to do.
 */
public final class StoreFullException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StoreFullException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
