package org.quicksilver.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** What a program that nobody watched has printed last. */
final class LastWords {

  /** Of a longer file only the end is read. */
  private static final int LONGEST_TAIL = 8192;

  private static final int LONGEST_LINE = 300;

  private LastWords() {}

  /**
   * The last line of a file, with its name and when it was written; empty if there is none, or if
   * it cannot be read. Lines that are indented belong to the one above them.
   */
  static Optional<String> in(Path file) {
    try {
      String time =
          Opening.time(Files.getLastModifiedTime(file).toInstant(), ZoneId.systemDefault());
      List<String> lines = tail(file).lines().filter(LastWords::isWord).toList();
      return lines.isEmpty()
          ? Optional.empty()
          : Optional.of(file + " (" + time + "): " + oneLine(lines.get(lines.size() - 1)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String tail(Path file) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
      byte[] tail = new byte[(int) Math.min(LONGEST_TAIL, open.length())];
      open.seek(open.length() - tail.length);
      open.readFully(tail);
      return new String(tail, StandardCharsets.UTF_8);
    }
  }

  private static boolean isWord(String line) {
    return !line.isBlank() && !Character.isWhitespace(line.charAt(0));
  }

  private static String oneLine(String line) {
    return Shortening.middle(Shortening.oneLine(line.strip()), LONGEST_LINE);
  }
}
