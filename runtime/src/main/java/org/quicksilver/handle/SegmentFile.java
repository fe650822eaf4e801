package org.quicksilver.handle;

import static org.quicksilver.handle.Breadcrumbs.HEADER_SIZE;
import static org.quicksilver.handle.Breadcrumbs.H_DIRECTORY;
import static org.quicksilver.handle.Breadcrumbs.H_SEGMENTS;
import static org.quicksilver.handle.Breadcrumbs.INT;
import static org.quicksilver.handle.Breadcrumbs.MOST_SEGMENTS;
import static org.quicksilver.handle.Breadcrumbs.SEGMENT_SIZE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.quicksilver.config.Home;

/**
 * A breadcrumb file as mapped memory that grows: its header, and one segment after the other. Knows
 * nothing of what is in a segment. Locked until this process dies or the file is closed.
 *
 * <p>Any thread; growing takes a lock.
 */
final class SegmentFile implements Closeable {

  private static final int JAVA_WITH_SEGMENTS = 22;

  /** A full disk would otherwise cost every call a system call. */
  private static final long REFUSED_FOR_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Off the heap and only one: written from the heap, each segment would be garbage there. */
  private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(SEGMENT_SIZE);

  private final FileChannel channel;
  private final FileLock lock;
  private final ByteBuffer header;
  private int segments;
  private volatile long refusedUntilNanos;

  /**
   * A part of the file, mapped.
   *
   * @param number of how many it is the last, counted from 0
   */
  record Segment(ByteBuffer bytes, int number) {

    /** Where a place in it is in the file. */
    long position(int inSegment) {
      return HEADER_SIZE + (long) number * SEGMENT_SIZE + inSegment;
    }
  }

  private SegmentFile(FileChannel channel, FileLock lock, ByteBuffer header) {
    this.channel = channel;
    this.lock = lock;
    this.header = header;
  }

  /**
   * Creates a file with a header of zeros and no segment.
   *
   * @throws IOException if it exists, cannot be locked, or the disk is full; no file is left then
   */
  static SegmentFile create(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
            Home.ownerOnlyFile());
    try {
      FileLock lock = channel.lock();
      return new SegmentFile(channel, lock, extend(channel, 0, HEADER_SIZE));
    } catch (IOException | RuntimeException e) {
      channel.close();
      Files.deleteIfExists(file);
      throw e;
    }
  }

  /** Real blocks, not a hole: a store into a hole on a full disk kills the process. */
  private static ByteBuffer extend(FileChannel channel, long position, int size)
      throws IOException {
    for (int written = 0; written < size; ) {
      ByteBuffer zeros = ZEROS.duplicate().limit(Math.min(ZEROS.capacity(), size - written));
      written += channel.write(zeros, position + written);
    }
    return mapped(channel, position, size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The JDK makes a mapped buffer by reflection, for which the newer ones spin thirty classes: a
   * tenth of a start. For a segment they do not.
   */
  private static ByteBuffer mapped(FileChannel channel, long position, int size)
      throws IOException {
    return Runtime.version().feature() < JAVA_WITH_SEGMENTS
        ? channel.map(FileChannel.MapMode.READ_WRITE, position, size)
        : SegmentMapping.map(channel, position, size);
  }

  ByteBuffer header() {
    return header;
  }

  /**
   * Adds one of zeros and enters it into the directory.
   *
   * @param type what is in it
   * @param base what its first slot is among those of its type
   * @return null if the disk or the directory is full; the disk is then left alone for a second
   */
  synchronized @Nullable Segment add(int type, int base) {
    if (segments == MOST_SEGMENTS
        || (refusedUntilNanos != 0 && System.nanoTime() - refusedUntilNanos < 0)) {
      return null;
    }
    boolean interrupted =
        Thread.interrupted(); // which would close the channel, and with it give up the lock
    try {
      ByteBuffer added =
          extend(channel, HEADER_SIZE + (long) segments * SEGMENT_SIZE, SEGMENT_SIZE);
      header.putInt(H_DIRECTORY + segments * 8, type);
      header.putInt(H_DIRECTORY + segments * 8 + 4, base);
      segments++;
      INT.setRelease(header, H_SEGMENTS, segments);
      refusedUntilNanos = 0;
      return new Segment(added, segments - 1);
    } catch (IOException e) {
      refusedUntilNanos = System.nanoTime() + REFUSED_FOR_NANOS;
      return null;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Whether the last attempt to grow failed, as on a full disk. */
  boolean isFull() {
    return refusedUntilNanos != 0;
  }

  /** Gives the lock back; the file stays. */
  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      lock.release();
      channel.close();
    }
  }
}
