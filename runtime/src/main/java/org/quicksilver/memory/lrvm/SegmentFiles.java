package org.quicksilver.memory.lrvm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.quicksilver.memory.LogInUseException;
import org.quicksilver.memory.SegmentMissingException;
import org.quicksilver.memory.SegmentRange;
import org.quicksilver.memory.SegmentTooShortException;
import org.quicksilver.memory.storage.FileAccess;
import org.quicksilver.memory.storage.StorageFile;

/**
 * The segments a log knows, by number. Opened when first needed, locked against other logs, open
 * until this is closed. Segments below the log's directory are named relative to it, so that the
 * directory may be moved. Belongs to the thread that does the I/O on segments.
 */
final class SegmentFiles {

  private static final int CHUNK = 1 << 20;

  private final FileAccess files;
  private final Path directory;
  private final List<String> names;
  private final Map<Path, StorageFile> open = new HashMap<>();

  SegmentFiles(FileAccess files, Path log, List<String> names) {
    this.files = files;
    this.directory = parent(log.toAbsolutePath().normalize());
    this.names = new ArrayList<>(names);
  }

  private static Path parent(Path file) {
    Path parent = file.getParent();
    return parent == null ? file : parent;
  }

  List<String> names() {
    return List.copyOf(names);
  }

  private String name(Path segment) {
    return segment.startsWith(directory)
        ? directory.relativize(segment).toString()
        : segment.toString();
  }

  Path path(int number) {
    return directory.resolve(names.get(number)).normalize();
  }

  /** Its number, or -1 if the log does not know it. */
  int number(Path segment) {
    return names.indexOf(name(segment));
  }

  /** The names with one more. */
  List<String> namesWith(Path segment) {
    List<String> more = new ArrayList<>(names);
    more.add(name(segment));
    return more;
  }

  void add(Path segment) {
    names.add(name(segment));
  }

  /** The file of a segment that the log has bytes for, up to an offset. */
  StorageFile require(int number, long end) throws IOException {
    StorageFile file = existing(path(number));
    if (file.size() < end) {
      throw tooShort(path(number), file.size(), end);
    }
    return file;
  }

  private StorageFile existing(Path segment) throws IOException {
    StorageFile file = open.get(segment);
    if (file == null) {
      try {
        file = locked(files.open(segment, true));
      } catch (NoSuchFileException e) {
        throw missing(segment, e);
      }
      open.put(segment, file);
    }
    return file;
  }

  private static StorageFile locked(StorageFile file) throws IOException {
    if (!file.tryLock()) {
      file.close();
      throw new LogInUseException(
          "segment "
              + file.path()
              + " is in use by another log, in this process or another: close that one first");
    }
    return file;
  }

  private static SegmentMissingException missing(Path segment, NoSuchFileException cause) {
    return new SegmentMissingException(
        "segment %s is not there: put it back, or map it with createSegment if it is to be new"
            .formatted(segment),
        cause);
  }

  private static SegmentTooShortException tooShort(Path segment, long size, long end) {
    return new SegmentTooShortException(
        "segment %s ends at %d, and %d is needed: put the whole one back, or map it with createSegment to lengthen it"
            .formatted(segment, size, end));
  }

  /** The file of a range, which is all there; made or lengthened if it may be. */
  StorageFile obtain(SegmentRange range, boolean create) throws IOException {
    StorageFile file;
    try {
      file = existing(range.segment());
    } catch (SegmentMissingException e) {
      if (!create) {
        throw e;
      }
      file = make(range);
    }
    if (file.size() < range.end()) {
      if (!create) {
        throw tooShort(range.segment(), file.size(), range.end());
      }
      lengthen(file, range.end());
    }
    return file;
  }

  private StorageFile make(SegmentRange range) throws IOException {
    StorageFile file =
        locked(files.create(range.segment(), PosixFilePermissions.fromString("rw-------")));
    try {
      lengthen(file, range.end());
      files.forceDirectory(parent(range.segment()));
    } catch (IOException | RuntimeException e) {
      file.close();
      files.delete(range.segment());
      throw e;
    }
    open.put(range.segment(), file);
    return file;
  }

  private static void lengthen(StorageFile file, long size) throws IOException {
    zero(file, file.size(), size);
    file.force();
  }

  /** Real zeros, not a hole: a later write then needs no room. */
  static void zero(StorageFile file, long from, long to) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(CHUNK, Math.max(0, to - from)));
    for (long at = from; at < to; at += zeros.capacity()) {
      file.write(zeros.clear().limit((int) Math.min(zeros.capacity(), to - at)), at);
    }
  }

  void close() throws IOException {
    for (StorageFile file : open.values()) {
      file.close();
    }
    open.clear();
  }
}
