package org.quicksilver.log;

import java.nio.ByteBuffer;
import java.util.Map;

/**
 * Payload of a {@link RecordType#START}.
 *
 * <pre>
 *   0            8         12
 *   +------------+---------+----------------------------------+
 *   | LSN before | number  | for each: length (1), name, LSN  |   low-water marks
 *   +------------+---------+----------------------------------+
 * </pre>
 */
final class StartRecord {

  private static final int FIXED = Long.BYTES + Integer.BYTES;

  private StartRecord() {}

  /** Bytes of the whole record. */
  static int size(Map<LogParticipant, Long> marks) {
    return RecordFormat.size(0, length(marks));
  }

  private static int length(Map<LogParticipant, Long> marks) {
    int length = FIXED;
    for (LogParticipant participant : marks.keySet()) {
      length += MarkRecord.length(participant);
    }
    return length;
  }

  static ByteBuffer payload(long before, Map<LogParticipant, Long> marks) {
    ByteBuffer payload = ByteBuffer.allocate(length(marks));
    payload.putLong(before).putInt(marks.size());
    marks.forEach((participant, lsn) -> MarkRecord.put(payload, participant, lsn));
    return payload.flip();
  }

  /** The last record before it. */
  static long before(byte[] payload) {
    return ByteBuffer.wrap(payload).getLong();
  }

  /** Reads the marks into a map. */
  static void marks(byte[] payload, Map<LogParticipant, Long> into) {
    ByteBuffer bytes = ByteBuffer.wrap(payload).position(Long.BYTES);
    for (int left = bytes.getInt(); left > 0; left--) {
      MarkRecord.get(bytes, into);
    }
  }
}
