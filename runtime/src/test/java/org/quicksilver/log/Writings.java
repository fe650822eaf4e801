package org.quicksilver.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Records made of text, and what is read back of them. */
final class Writings {

  static final LogParticipant TM = LogParticipant.TRANSACTION_MANAGER;
  static final LogParticipant FILES = new LogParticipant("files");

  /** Two sectors of header and a dozen of records. */
  static final LogLimits SMALL = new LogLimits(8192, 1 << 20, 8192);

  private Writings() {}

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  static long append(ForcedLog log, LogParticipant participant, String text) {
    return log.append(participant, bytes(text));
  }

  static List<String> read(ForcedLog log, LogParticipant participant) throws IOException {
    return read(log, participant, Lsn.NONE);
  }

  static List<String> read(ForcedLog log, LogParticipant participant, long from)
      throws IOException {
    List<String> texts = new ArrayList<>();
    log.read(participant, from, entry -> texts.add(text(entry)));
    return texts;
  }

  static String text(LogEntry entry) {
    return new String(entry.payload(), StandardCharsets.UTF_8);
  }
}
