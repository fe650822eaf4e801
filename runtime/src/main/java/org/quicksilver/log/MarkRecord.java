package org.quicksilver.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Payload of a {@link RecordType#MARK}: length of the name (1), name, LSN. */
final class MarkRecord {

  private MarkRecord() {}

  static int length(LogParticipant participant) {
    return 1 + participant.name().length() + Long.BYTES;
  }

  /** Bytes of the whole record. */
  static int size(LogParticipant participant) {
    return RecordFormat.size(0, length(participant));
  }

  static ByteBuffer payload(LogParticipant participant, long lsn) {
    ByteBuffer payload = ByteBuffer.allocate(length(participant));
    put(payload, participant, lsn);
    return payload.flip();
  }

  static void put(ByteBuffer to, LogParticipant participant, long lsn) {
    byte[] name = participant.name().getBytes(StandardCharsets.US_ASCII);
    to.put((byte) name.length).put(name).putLong(lsn);
  }

  static void get(ByteBuffer from, Map<LogParticipant, Long> into) {
    byte[] name = new byte[from.get()];
    from.get(name);
    into.put(new LogParticipant(new String(name, StandardCharsets.US_ASCII)), from.getLong());
  }
}
