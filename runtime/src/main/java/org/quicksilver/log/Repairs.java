package org.quicksilver.log;

import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.openhft.chronicle.hash.ChronicleHashCorruption;

/**
 * Counts what a recovery mended. Counters and locks left by a killed process are normal; so is the
 * one entry it was writing.
 */
final class Repairs implements ChronicleHashCorruption.Listener {

  private static final Logger LOG = Logger.getLogger(Repairs.class.getName());

  private final Path file;
  private int number;
  private String first = "";

  Repairs(Path file) {
    this.file = file;
  }

  @Override
  public void onCorruption(ChronicleHashCorruption corruption) {
    if (number++ == 0) {
      first = String.valueOf(corruption.message());
    }
  }

  boolean isNone() {
    return number == 0;
  }

  void log() {
    LOG.log(
        number == 0 ? Level.FINE : Level.INFO,
        () -> "recovered " + file + "; mended: " + number + "; first: " + first);
  }
}
