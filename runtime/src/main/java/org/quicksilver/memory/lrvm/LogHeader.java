package org.quicksilver.memory.lrvm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.quicksilver.memory.LogVersionException;

/**
 * What a header block says.
 *
 * <pre>
 *    0 magic 8   8 version 4  12 length 4  16 CRC32C of all but itself 4  20 zero 4
 *   24 sequence 8  32 generation 8  40 capacity 8  48 head 8  56 clean 8  64 forced 8  72 closed 8
 *   80 number of segments 4, then of each: length of its name 4, name
 * </pre>
 *
 * @param sequence counts header blocks written
 * @param generation counts openings of the log; records of another are not of this life
 * @param capacity of the ring of records
 * @param head LSN of the first record that is needed
 * @param clean LSN up to which the ring is zeros, and durably so, where no record was written
 * @param forced LSN below which every record had been forced
 * @param closed LSN of the end of a log that was closed in order; -1 while it is open
 * @param segments file names; a segment's number is its place
 */
record LogHeader(
    long sequence,
    long generation,
    long capacity,
    long head,
    long clean,
    long forced,
    long closed,
    List<String> segments) {

  static final long OPEN = -1;
  private static final int FIXED = 84;
  private static final int CRC = 16;

  LogHeader {
    segments = List.copyOf(segments);
  }

  LogHeader next() {
    return new LogHeader(sequence + 1, generation, capacity, head, clean, forced, closed, segments);
  }

  /** Of a log whose records before that one are not needed any more, all forced. */
  LogHeader withHead(long lsn) {
    return of(generation, lsn, clean, lsn, OPEN, segments);
  }

  /** Of a ring that is zeros up to there. */
  LogHeader withClean(long lsn) {
    return of(generation, head, lsn, forced, OPEN, segments);
  }

  LogHeader withSegments(List<String> names) {
    return of(generation, head, clean, forced, OPEN, names);
  }

  /** Of a log that ends there, in order. */
  LogHeader closedAt(long tail) {
    return of(generation, head, clean, tail, tail, segments);
  }

  /**
   * Of the next generation, after recovery.
   *
   * @param tail of the former one
   * @param end of what was copied behind that
   */
  LogHeader recovered(long tail, long end) {
    return of(generation + 1, tail, Math.max(clean, end), end, OPEN, segments);
  }

  private LogHeader of(
      long itsGeneration,
      long itsHead,
      long itsClean,
      long itsForced,
      long itsClosed,
      List<String> names) {
    return new LogHeader(
        sequence, itsGeneration, capacity, itsHead, itsClean, itsForced, itsClosed, names);
  }

  /** Bytes of a block with these names. */
  static int size(List<String> segments) {
    return FIXED
        + segments.stream()
            .mapToInt(name -> Integer.BYTES + name.getBytes(StandardCharsets.UTF_8).length)
            .sum();
  }

  ByteBuffer encode() {
    ByteBuffer block = ByteBuffer.allocate(size(segments)).order(ByteOrder.LITTLE_ENDIAN);
    block.putLong(LogFormat.MAGIC).putInt(LogFormat.VERSION).putInt(block.capacity());
    block.putInt(0).putInt(0).putLong(sequence).putLong(generation).putLong(capacity);
    block.putLong(head).putLong(clean).putLong(forced).putLong(closed).putInt(segments.size());
    for (String segment : segments) {
      byte[] name = segment.getBytes(StandardCharsets.UTF_8);
      block.putInt(name.length).put(name);
    }
    return block.putInt(CRC, sum(block.flip())).rewind();
  }

  private static int sum(ByteBuffer block) {
    CRC32C crc = new CRC32C();
    crc.update(block.duplicate().position(0).limit(CRC));
    crc.update(block.duplicate().position(CRC + Integer.BYTES));
    return (int) crc.getValue();
  }

  /**
   * Null if it is none, or does not check.
   *
   * @throws LogVersionException if it checks and is of another version
   */
  static @Nullable LogHeader decode(ByteBuffer bytes, Object where) {
    ByteBuffer block = bytes.order(ByteOrder.LITTLE_ENDIAN);
    int length = block.getInt(12);
    if (block.getLong(0) != LogFormat.MAGIC || length < FIXED || length > block.limit()) {
      return null;
    }
    block.limit(length);
    if (block.getInt(CRC) != sum(block)) {
      return null;
    }
    if (block.getInt(8) != LogFormat.VERSION) {
      throw new LogVersionException(
          "log %s is of version %d, this is version %d: open and close it once with the version that wrote it, which empties it, then create a new log"
              .formatted(where, block.getInt(8), LogFormat.VERSION));
    }
    return fields(block);
  }

  private static LogHeader fields(ByteBuffer block) {
    List<String> segments = new ArrayList<>();
    block.position(FIXED);
    for (int i = block.getInt(80); i > 0; i--) {
      byte[] name = new byte[block.getInt()];
      block.get(name);
      segments.add(new String(name, StandardCharsets.UTF_8));
    }
    return new LogHeader(
        block.getLong(24),
        block.getLong(32),
        block.getLong(40),
        block.getLong(48),
        block.getLong(56),
        block.getLong(64),
        block.getLong(72),
        segments);
  }
}
