package org.quicksilver.memory.vista;

import static org.quicksilver.memory.vista.VistaFormat.SEGMENTS;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.quicksilver.memory.AccessFailedException;
import org.quicksilver.memory.SegmentRange;
import org.quicksilver.memory.SegmentTooShortException;
import org.quicksilver.memory.storage.FileAccess;
import org.quicksilver.memory.storage.StorageFile;

/**
 * The segments an undo log is about, by their numbers. Reading is free; opening and closing is done
 * by one thread at a time.
 */
final class OpenSegments {

  private final FileAccess files;
  private final SegmentTable table;
  private final Steps steps;
  private final @Nullable Segment[] segments = new Segment[SEGMENTS];

  OpenSegments(FileAccess files, SegmentTable table, Steps steps) {
    this.files = files;
    this.table = table;
    this.steps = steps;
  }

  /** The segment of a number that an entry names. */
  Segment get(int number) {
    return Objects.requireNonNull(segments[number]);
  }

  private Stream<Segment> all() {
    return Stream.of(segments).filter(Objects::nonNull).map(Objects::requireNonNull);
  }

  /**
   * Opens and maps all that chains name, and changes nothing.
   *
   * @throws org.quicksilver.memory.RecoverableMemoryException if one is missing, in use, or shorter
   *     than an entry says
   */
  void openAllOf(List<UndoChain> chains, Path log) {
    Map<Integer, Long> ends = new HashMap<>();
    chains.forEach(
        chain -> chain.entries().forEach(e -> ends.merge(e.segment(), e.end(), Math::max)));
    ends.forEach((number, end) -> openOf(number, end, log));
  }

  private void openOf(int number, long end, Path log) {
    Path path =
        table
            .path(number)
            .orElseThrow(
                () ->
                    Damage.at(
                        log, VistaFormat.segmentAt(number), "an undo entry's segment has no path"));
    Segment segment = new Segment(number, path, open(path, false));
    segments[number] = segment;
    try {
      if (segment.size() < end) {
        throw new SegmentTooShortException(
            path
                + " has "
                + segment.size()
                + " bytes, the log has old bytes up to "
                + end
                + ": restore the segment");
      }
      segment.map(new SegmentRange(path, 0, Math.max(1, end)));
    } catch (IOException e) {
      throw Refusals.ofSegment(path, e);
    }
  }

  private StorageFile open(Path path, boolean create) {
    try {
      return locked(path, create ? openOrCreate(path) : files.open(path, true));
    } catch (IOException e) {
      throw Refusals.ofSegment(path, e);
    }
  }

  private StorageFile openOrCreate(Path path) throws IOException {
    try {
      return files.open(path, true);
    } catch (NoSuchFileException e) {
      return files.create(path, PosixFilePermissions.fromString("rw-------"));
    }
  }

  private static StorageFile locked(Path path, StorageFile file) throws IOException {
    if (!file.tryLock()) {
      file.close();
      throw Refusals.inUse(path);
    }
    return file;
  }

  /** Closes what only undone chains named, and frees its number and every other. */
  void keepOnly(List<UndoChain> chains) throws IOException {
    BitSet kept = new BitSet();
    chains.forEach(chain -> chain.entries().forEach(entry -> kept.set(entry.segment())));
    for (int number = 0; number < SEGMENTS; number++) {
      if (!kept.get(number)) {
        close(number);
      }
    }
  }

  /** The open segment in that file. */
  Optional<Segment> find(Path path) {
    return all().filter(segment -> segment.path().equals(path)).findFirst();
  }

  /** Adds a segment; its file is made if it is missing and that is wanted. */
  Segment open(Path path, boolean create, Path log) {
    int number = freeNumber(log);
    table.check(path);
    Segment segment = new Segment(number, path, open(path, create));
    table.set(number, path, steps);
    segments[number] = segment;
    return segment;
  }

  private int freeNumber(Path log) {
    for (int number = 0; number < SEGMENTS; number++) {
      if (segments[number] == null) {
        return number;
      }
    }
    throw new AccessFailedException(
        log + " has " + SEGMENTS + " segments, and no room for more: unmap one", null);
  }

  /** Gives up a number that no entry names, with its segment. */
  void close(int number) throws IOException {
    if (table.isSet(number)) {
      table.clear(number, steps);
    }
    Segment segment = segments[number];
    if (segment != null) {
      segments[number] = null;
      segment.force();
      segment.close();
    }
  }

  /** Writes all of them back; blocks. */
  void force() {
    all().forEach(Segment::force);
  }

  /** Closes the files; their numbers stay, for what is prepared. */
  void closeAll() throws IOException {
    for (Segment segment : all().toList()) {
      segment.close();
    }
  }
}
