package org.quicksilver.memory.lrvm;

/**
 * What lies where in a log. All numbers are little-endian.
 *
 * <pre>
 *        0  header block, even sequence numbers     (see {@link LogHeader})
 *   32 KiB  header block, odd sequence numbers
 *   64 KiB  records, as a ring of the capacity the header names
 *
 *   record header, 56      range, 32 + bytes         trailer, 32
 *    0 magic       4        0 segment        4        0 back to the last range  8
 *    4 type        4        4 zero           4        8 length of the record    8
 *    8 length      8        8 offset         8       16 LSN                     8
 *   16 LSN         8       16 length         8       24 magic                   4
 *   24 generation  8       24 displacement   8       28 CRC32C of all before    4
 *   32 transaction 8       32 the new bytes, then
 *   40 forced      8          zeros up to a multiple of 8
 *   48 ranges      4
 *   52 CRC32C      4   of the header before it
 * </pre>
 *
 * An LSN is a place: that of the record's first byte in a log without end, which is laid around the
 * ring. A displacement is the distance back to the range before, or from the first to the record's
 * header. All below {@code forced} had been forced when the record was made: who misses a record
 * below it has damage, not a torn end.
 */
final class LogFormat {

  static final long MAGIC = 0x0A0D_4D56_524C_5351L;
  static final int VERSION = 1;
  static final int HEADER_BLOCK = 32 * 1024;
  static final int DATA = 2 * HEADER_BLOCK;
  static final int SECTOR = 512;
  static final int SMALLEST_CAPACITY = 4096;

  static final int RECORD_MAGIC = 0x474C_5351;
  static final int TRAILER_MAGIC = 0x444E_5351;
  static final int RECORD_HEADER = 56;
  static final int RANGE_HEADER = 32;
  static final int TRAILER = 32;
  static final int FRAME = RECORD_HEADER + TRAILER;

  /** Segment of the range that holds the name of a prepared transaction. */
  static final int NAME = -1;

  private LogFormat() {}

  /** Up to the next multiple of eight. */
  static long padded(long length) {
    return (length + 7) & ~7L;
  }

  /** Of a range of that many bytes. */
  static long rangeSize(long length) {
    return RANGE_HEADER + padded(length);
  }

  /** Whole sectors that fit behind the headers of a file of that length. */
  static long capacityOf(long fileLength) {
    return (fileLength - DATA) & -SECTOR;
  }
}
