package org.quicksilver.log;

import org.jspecify.annotations.Nullable;

/**
 * The log cannot be used any more: a write or a force of it has failed, or it was closed. Records
 * whose force had returned survive; of the others nobody knows. It stays so until the log is opened
 * again, which recovers it: a force that failed once must not be tried again, for the second may
 * succeed without having written what the first lost.
 */
public final class LogFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LogFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  static LogFailedException of(long forced, Throwable cause) {
    return new LogFailedException(
        "writing the log has failed: "
            + cause
            + "; what was appended after "
            + Lsn.text(forced)
            + " may be lost. Mend the disk, then restart: the log is recovered when it is opened",
        cause);
  }

  /** The same, as thrown where it is met now. */
  LogFailedException again() {
    return new LogFailedException(String.valueOf(getMessage()), this);
  }
}
