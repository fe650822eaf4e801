package org.quicksilver.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.quicksilver.config.Home;

/**
 * A file that exists while a store is open: who finds it at start knows that the last process was
 * killed.
 *
 * <p>It also counts openings that did not come to their end. Several in a row mean that a file
 * kills the JVM that opens it.
 */
final class StopMarker {

  private static final String OPENING = "opening ";

  private final Path file;
  private final boolean unclean;
  private final int failedOpenings;

  /** Reads the marker, if there is one. */
  StopMarker(Path file) throws IOException {
    this.file = file;
    this.unclean = Files.exists(file);
    this.failedOpenings = unclean ? failedOpenings(Files.readString(file)) : 0;
  }

  private static int failedOpenings(String text) {
    String number = text.strip();
    if (!number.startsWith(OPENING.strip())) {
      return 0;
    }
    try {
      return Integer.parseInt(number.substring(OPENING.length()));
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      return 1;
    }
  }

  /** Whether the last process that had the store open did not close it. */
  boolean unclean() {
    return unclean;
  }

  /** How many openings in a row, up to now, were not finished. */
  int failedOpenings() {
    return failedOpenings;
  }

  void opening() throws IOException {
    if (!unclean) {
      Files.createFile(file, Home.ownerOnlyFile());
    }
    write(OPENING + (failedOpenings + 1));
  }

  void opened() throws IOException {
    write("open");
  }

  void closed() throws IOException {
    Files.deleteIfExists(file);
  }

  private void write(String text) throws IOException {
    Files.write(file, (text + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
