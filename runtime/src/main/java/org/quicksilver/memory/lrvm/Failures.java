package org.quicksilver.memory.lrvm;

import java.io.IOException;
import java.util.Locale;
import org.quicksilver.memory.AccessFailedException;
import org.quicksilver.memory.DiskFullException;
import org.quicksilver.memory.MemoryFailedException;
import org.quicksilver.memory.RecoverableMemoryException;

/** What an {@link IOException} means for the caller. */
final class Failures {

  private Failures() {}

  /** What went wrong, as something a caller may be told. */
  static RuntimeException typed(Object where, Exception e) {
    if (e instanceof RuntimeException known) {
      return known;
    }
    return e instanceof IOException io
        ? of(where, io)
        : new MemoryFailedException(where + ": " + e, e);
  }

  /** Java has no type for a full disk: only the system's words tell it. */
  static RecoverableMemoryException of(Object where, IOException cause) {
    String said = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    if (said.contains("no space left")
        || said.contains("not enough space")
        || said.contains("quota")) {
      return new DiskFullException(
          where + ": there is no room on the disk (" + cause + "); make some, then try again",
          cause);
    }
    return new AccessFailedException(where + " cannot be used: " + cause, cause);
  }
}
