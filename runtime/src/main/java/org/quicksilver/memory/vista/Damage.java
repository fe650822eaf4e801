package org.quicksilver.memory.vista;

import java.nio.file.Path;
import org.quicksilver.memory.LogDamagedException;

/** Says where an undo log is not as it was written. */
final class Damage {

  private Damage() {}

  static LogDamagedException at(Path file, long offset, String what) {
    return new LogDamagedException(
        file
            + ", offset "
            + offset
            + ": "
            + what
            + ". Nothing was changed. Restore the log and its segments together from a copy",
        null);
  }
}
