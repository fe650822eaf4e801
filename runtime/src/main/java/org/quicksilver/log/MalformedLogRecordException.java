package org.quicksilver.log;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Bytes that are no log record of a transaction manager, or one of another version. */
public final class MalformedLogRecordException extends IOException {

  private static final long serialVersionUID = 1L;

  MalformedLogRecordException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
