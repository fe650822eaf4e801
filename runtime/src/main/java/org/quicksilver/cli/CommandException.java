package org.quicksilver.cli;

import org.jspecify.annotations.Nullable;

/**
 * A command that cannot do what it was told to. Its message is printed as one line; there is no
 * stack trace.
 */
final class CommandException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  CommandException(int exitCode, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  CommandException(int exitCode, String message) {
    this(exitCode, message, null);
  }

  int exitCode() {
    return exitCode;
  }
}
