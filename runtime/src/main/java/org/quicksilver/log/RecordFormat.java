package org.quicksilver.log;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * How a record lies in a segment, at a multiple of 8 bytes; big-endian.
 *
 * <pre>
 *   0     1      2      3     4           8        16           20
 *   +-----+------+------+-----+-----------+--------+------------+------+---------+-------+--------+
 *   | 'Q' | type | name | 0   | length of | LSN    | CRC32C of  | name | payload | zeros | CRC32C |
 *   |     |      | len  |     | payload   |        | bytes 0-15 |      |         |       | of all |
 *   +-----+------+------+-----+-----------+--------+------------+------+---------+-------+--------+
 * </pre>
 *
 * The generation is part of the LSN and so of both sums. The last sum ends at a multiple of 8.
 *
 * <p>Not thread-safe.
 */
final class RecordFormat {

  static final int HEADER = 20;
  static final int CRC = Integer.BYTES;
  static final int ALIGNMENT = 8;
  static final byte MAGIC = 'Q';

  /** What is written whole or not at all when the power fails. */
  static final int SECTOR = 512;

  static final int TYPE_AT = 1;
  static final int NAME_LENGTH_AT = 2;
  static final int LENGTH_AT = 4;
  static final int LSN_AT = 8;
  static final int HEADER_CRC_AT = 16;

  private final CRC32C crc = new CRC32C();

  /** Bytes of a record, all parts counted. */
  static int size(int nameLength, int payloadLength) {
    return aligned(HEADER + nameLength + payloadLength + CRC);
  }

  static int aligned(int size) {
    return (size + ALIGNMENT - 1) & -ALIGNMENT;
  }

  /**
   * Writes a record.
   *
   * @param payload what is between its position and its limit, which stay
   * @return where the record ends
   */
  int write(ByteBuffer to, int at, RecordType type, long lsn, String name, ByteBuffer payload) {
    to.put(at, MAGIC).put(at + TYPE_AT, type.code());
    to.put(at + NAME_LENGTH_AT, (byte) name.length()).put(at + NAME_LENGTH_AT + 1, (byte) 0);
    to.putInt(at + LENGTH_AT, payload.remaining()).putLong(at + LSN_AT, lsn);
    to.putInt(at + HEADER_CRC_AT, sum(to, at, at + HEADER_CRC_AT));
    int nameAt = at + HEADER;
    for (int i = 0; i < name.length(); i++) {
      to.put(nameAt + i, (byte) name.charAt(i));
    }
    int payloadAt = nameAt + name.length();
    to.put(payloadAt, payload, payload.position(), payload.remaining());
    int end = at + size(name.length(), payload.remaining());
    for (int i = payloadAt + payload.remaining(); i < end - CRC; i++) {
      to.put(i, (byte) 0);
    }
    to.putInt(end - CRC, sum(to, at, end - CRC));
    return end;
  }

  /** Whether a header that was once written is here, whatever follows it. */
  boolean isHeader(ByteBuffer image, int at) {
    return at + HEADER + CRC <= image.capacity()
        && image.get(at) == MAGIC
        && RecordType.of(image.get(at + TYPE_AT)) != null
        && image.getInt(at + LENGTH_AT) >= 0
        && sum(image, at, at + HEADER_CRC_AT) == image.getInt(at + HEADER_CRC_AT);
  }

  /** Where the record of this header ends; perhaps outside of the image. */
  static long end(ByteBuffer image, int at) {
    long length = HEADER + image.get(at + NAME_LENGTH_AT) + CRC;
    return at + ((length + image.getInt(at + LENGTH_AT) + ALIGNMENT - 1) & -ALIGNMENT);
  }

  /** Whether a whole record is here as it was written. */
  boolean isRecord(ByteBuffer image, int at) {
    if (!isHeader(image, at) || end(image, at) > image.capacity()) {
      return false;
    }
    int crcAt = (int) end(image, at) - CRC;
    return sum(image, at, crcAt) == image.getInt(crcAt);
  }

  int sum(ByteBuffer bytes, int from, int to) {
    crc.reset();
    bytes.limit(to).position(from);
    crc.update(bytes);
    bytes.clear();
    return (int) crc.getValue();
  }
}
