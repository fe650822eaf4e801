package org.quicksilver.log;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * First sector of a segment; never written again once the file has its name.
 *
 * <pre>
 *   0              8         12       16        24    28       32
 *   +--------------+---------+--------+---------+-----+--------+------- ... -+ 512
 *   | "QUICKLOG"   | version | size   | number  | 0   | CRC32C | zeros       |
 *   +--------------+---------+--------+---------+-----+--------+-------------+
 * </pre>
 *
 * @param number number of the segment, from 1 without gaps
 * @param size bytes of the file, this sector included
 */
record SegmentHeader(long number, int size) {

  /** Where the records begin. */
  static final int LENGTH = RecordFormat.SECTOR;

  private static final long MAGIC = 0x515549434b4c4f47L;
  private static final int VERSION = 1;
  private static final int CRC_AT = 28;

  /** The whole sector. */
  ByteBuffer bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
    bytes.putLong(MAGIC).putInt(VERSION).putInt(size).putLong(number).putInt(0);
    return bytes.putInt(new RecordFormat().sum(bytes, 0, CRC_AT)).clear();
  }

  /** Reads it from the beginning of a segment; empty if it is not what was once written. */
  static Optional<SegmentHeader> read(ByteBuffer image) {
    if (image.capacity() < LENGTH) {
      return Optional.empty();
    }
    SegmentHeader header = new SegmentHeader(image.getLong(16), image.getInt(12));
    boolean whole = header.size() >= LENGTH && header.bytes().equals(image.slice(0, LENGTH));
    return whole ? Optional.of(header) : Optional.empty();
  }
}
