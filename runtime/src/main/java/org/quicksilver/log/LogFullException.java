package org.quicksilver.log;

import org.jspecify.annotations.Nullable;

/**
 * There is no room in the log for a record. The record was not accepted; all that were accepted
 * before have their room and can be forced. The message says who holds the log and what to do.
 */
public final class LogFullException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LogFullException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
