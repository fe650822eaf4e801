package org.quicksilver.memory.vista;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.Arrays;
import org.quicksilver.memory.SegmentRange;
import org.quicksilver.memory.storage.StorageFile;
import org.quicksilver.memory.storage.WideBuffer;
import org.quicksilver.memory.vista.Steps.Step;

/**
 * A segment file that this process has locked, and what of it is memory. Mapping is done by one
 * thread at a time, reading what is mapped by any.
 */
final class Segment implements Closeable {

  /** Old bytes are put back in such pieces: so many a crash test can tell apart. */
  private static final int RESTORED_AT_ONCE = 512;

  private static final int ZEROS = 1 << 18;

  /**
   * A part of the file as memory.
   *
   * @param range which part
   * @param memory of that part
   */
  record Mapping(SegmentRange range, WideBuffer memory) {

    boolean contains(long offset, int count) {
      return offset >= range.offset() && offset + count <= range.end();
    }
  }

  private final int number;
  private final Path path;
  private final StorageFile file;
  private volatile Mapping[] mappings = {};

  Segment(int number, Path path, StorageFile file) {
    this.number = number;
    this.path = path;
    this.file = file;
  }

  int number() {
    return number;
  }

  Path path() {
    return path;
  }

  long size() throws IOException {
    return file.size();
  }

  Mapping map(SegmentRange range) throws IOException {
    Mapping mapping =
        new Mapping(range, file.map(MapMode.READ_WRITE, range.offset(), range.length()));
    Mapping[] more = Arrays.copyOf(mappings, mappings.length + 1);
    more[mappings.length] = mapping;
    mappings = more;
    return mapping;
  }

  /** Takes a part off; whoever still uses its memory uses the file's. */
  void unmap(Mapping mapping) {
    mapping.memory().force();
    mappings = Arrays.stream(mappings).filter(each -> each != mapping).toArray(Mapping[]::new);
  }

  boolean isMapped() {
    return mappings.length > 0;
  }

  /**
   * Makes the file so long, with zeros that lie on the disk: a store into a hole of a full disk is
   * a fault of the process and no error.
   *
   * @throws IOException if there is no room; what there is of the zeros stays and counts
   */
  void extend(long length) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocateDirect(ZEROS);
    for (long at = file.size(); at < length; at = file.size()) {
      file.write(zeros.clear().limit((int) Math.min(ZEROS, length - at)), at);
    }
  }

  /** Puts old bytes back. */
  void restore(long offset, ByteBuffer log, int at, int count, Steps steps) {
    Mapping mapping = mapping(offset, count);
    for (int done = 0; done < count; done += RESTORED_AT_ONCE) {
      int part = Math.min(RESTORED_AT_ONCE, count - done);
      mapping.memory().copyFrom(log, at + done, offset - mapping.range().offset() + done, part);
      steps.done(Step.RESTORED);
    }
  }

  private Mapping mapping(long offset, int count) {
    for (Mapping mapping : mappings) {
      if (mapping.contains(offset, count)) {
        return mapping;
      }
    }
    throw new IllegalStateException(path + ": nothing is mapped at " + offset);
  }

  /** Writes everything back to the disk; blocks. */
  void force() {
    for (Mapping mapping : mappings) {
      mapping.memory().force();
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
