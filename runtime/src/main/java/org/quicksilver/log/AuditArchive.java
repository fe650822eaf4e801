package org.quicksilver.log;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.quicksilver.config.Home;

/**
 * The oldest lines of the audit trail, in a text file that only grows. Whole lines only: what a
 * killed process left of a line is cut off at the next start.
 */
final class AuditArchive implements AutoCloseable {

  /** More than the longest line. */
  private static final int TAIL = 1 << 20;

  private final Path path;
  private final RandomAccessFile file;
  private long last;

  private AuditArchive(Path path) throws IOException {
    this.path = path;
    this.file = new RandomAccessFile(path.toFile(), "rw");
  }

  /**
   * Opens the archive; makes it if there is none, moves it aside if its end is no line of ours.
   *
   * @throws IOException if it can be neither read nor made
   */
  static AuditArchive open(Path path) throws IOException {
    if (!Files.exists(path)) {
      Files.createFile(path, Home.ownerOnlyFile());
    }
    AuditArchive archive = new AuditArchive(path);
    if (archive.settle()) {
      return archive;
    }
    archive.close();
    MapFiles.moveAside(path, new IOException("the last line is no audit line"));
    return open(path);
  }

  /** Cuts off a line that is not whole and reads the number of the last that is. */
  private boolean settle() throws IOException {
    long length = file.length();
    byte[] tail = new byte[(int) Math.min(length, TAIL)];
    file.seek(length - tail.length);
    file.readFully(tail);
    String text = new String(tail, StandardCharsets.ISO_8859_1);
    int end = text.lastIndexOf('\n') + 1;
    file.setLength(length - tail.length + end);
    if (end == 0) {
      return length == tail.length;
    }
    String line = text.substring(text.lastIndexOf('\n', end - 2) + 1, end - 1);
    Optional<AuditLine> lastLine = AuditLine.ofArchived(line);
    last = lastLine.map(AuditLine::number).orElse(0L);
    return lastLine.isPresent();
  }

  /** Number of the last line in here; 0 if there is none. */
  long last() {
    return last;
  }

  /**
   * Adds lines, all or none.
   *
   * @throws IOException if they cannot be written; the file is then as it was
   */
  void append(List<AuditLine> lines) throws IOException {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line.archived()));
    long before = file.length();
    try {
      file.seek(before);
      file.write(text.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      file.setLength(before);
      throw e;
    }
    last = lines.get(lines.size() - 1).number();
  }

  /**
   * Reads the file from its beginning, whatever the number: it is read rarely. Lines that are none
   * of ours are skipped.
   *
   * @param visitor returns false if it wants no more
   * @return whether it wants more
   */
  boolean visit(long fromNumber, Predicate<AuditLine> visitor) throws IOException {
    if (fromNumber > last) {
      return true;
    }
    try (BufferedReader reader = Files.newBufferedReader(path)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        Optional<AuditLine> wanted =
            AuditLine.ofArchived(line).filter(l -> l.number() >= fromNumber);
        if (wanted.isPresent() && !visitor.test(wanted.get())) {
          return false;
        }
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
