package org.quicksilver.memory.vista;

import static org.quicksilver.memory.vista.VistaFormat.*;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.quicksilver.memory.AccessFailedException;
import org.quicksilver.memory.LogDamagedException;
import org.quicksilver.memory.vista.Steps.Step;

/**
 * Which segment an entry's number means. Paths below the log's own directory are kept relative to
 * it, so that the directory can be moved as a whole.
 */
final class SegmentTable {

  private final ByteBuffer log;
  private final Path file;
  private final Path directory;

  SegmentTable(ByteBuffer log, Path file) {
    this.log = log;
    this.file = file;
    this.directory = file.toAbsolutePath().normalize().resolveSibling("");
  }

  /**
   * The path of a number; empty if the number is free.
   *
   * @throws LogDamagedException if the entry is not as it was written
   */
  Optional<Path> path(int number) {
    int at = segmentAt(number);
    int length = log.getInt(at + G_WORD);
    if (log.getLong(at + G_WORD) == 0) {
      return Optional.empty();
    }
    if (length <= 0 || length > LONGEST_PATH) {
      throw Damage.at(file, at, "a segment's path has an impossible length");
    }
    byte[] path = new byte[length];
    log.get(at + G_PATH, path);
    if ((int) UndoEntry.crc(path) != log.getInt(at + G_WORD + 4)) {
      throw Damage.at(file, at, "a segment's path is not as it was written");
    }
    return Optional.of(directory.resolve(text(path, at)));
  }

  private Path text(byte[] path, int at) {
    try {
      return Path.of(new String(path, StandardCharsets.UTF_8));
    } catch (InvalidPathException e) {
      throw Damage.at(file, at, "a segment's path is none");
    }
  }

  /** Refuses a path that is too long. */
  void check(Path segment) {
    if (bytes(segment).length > LONGEST_PATH) {
      throw new AccessFailedException(
          segment
              + ": a segment's path may have "
              + LONGEST_PATH
              + " bytes; below the directory of the log only what follows that counts",
          null);
    }
  }

  boolean isSet(int number) {
    return log.getLong(segmentAt(number) + G_WORD) != 0;
  }

  /** Gives a number, free before, to a segment; a kill leaves it free or whole. */
  void set(int number, Path segment, Steps steps) {
    byte[] path = bytes(segment);
    int at = segmentAt(number);
    log.put(at + G_PATH, path);
    steps.done(Step.SEGMENT_WRITTEN);
    LONG.setRelease(log, at + G_WORD, path.length | UndoEntry.crc(path) << 32);
    steps.done(Step.SEGMENT_SWITCHED);
  }

  /** Frees a number; no entry may name it any more. */
  void clear(int number, Steps steps) {
    LONG.setRelease(log, segmentAt(number) + G_WORD, 0L);
    steps.done(Step.SEGMENT_SWITCHED);
  }

  private byte[] bytes(Path segment) {
    Path absolute = segment.toAbsolutePath().normalize();
    Path kept = absolute.startsWith(directory) ? directory.relativize(absolute) : absolute;
    return kept.toString().getBytes(StandardCharsets.UTF_8);
  }
}
