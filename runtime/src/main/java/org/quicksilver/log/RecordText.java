package org.quicksilver.log;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.quicksilver.transaction.LogRecord;
import org.quicksilver.transaction.Participant;

/** The payload of a record in words: that of the transaction manager decoded, others a preview. */
final class RecordText {

  private static final int PREVIEW = 32;

  private RecordText() {}

  static String of(LogParticipant participant, byte[] payload) {
    if (!participant.equals(LogParticipant.TRANSACTION_MANAGER)) {
      return preview(payload);
    }
    try {
      return of(LogRecordCodec.decode(payload));
    } catch (MalformedLogRecordException e) {
      return e.getMessage() + ": " + preview(payload);
    }
  }

  private static String of(LogRecord log) {
    if (log instanceof LogRecord.Prepared prepared) {
      return "prepared " + log.tid() + " under " + prepared.primary() + rest(prepared);
    }
    if (log instanceof LogRecord.Commit commit) {
      return "commit " + log.tid() + participants(commit.participants());
    }
    if (log instanceof LogRecord.Heuristic heuristic) {
      return "heuristic " + log.tid() + " " + heuristic.outcome().name().toLowerCase(Locale.ROOT);
    }
    return "end " + log.tid();
  }

  private static String rest(LogRecord.Prepared log) {
    return " round " + log.round() + witnesses(log) + participants(log.participants());
  }

  private static String witnesses(LogRecord.Prepared log) {
    return log.witnesses().isEmpty() ? "" : " witnesses " + log.witnesses();
  }

  private static String participants(List<Participant> participants) {
    return participants.stream()
        .map(each -> each.id() + (each.vote() == null ? "" : " " + each.vote()))
        .collect(Collectors.joining(", ", " [", "]"));
  }

  private static String preview(byte[] payload) {
    int shown = Math.min(PREVIEW, payload.length);
    String more = shown < payload.length ? "..." : "";
    String text = new String(payload, 0, shown, StandardCharsets.ISO_8859_1);
    boolean readable = text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    return readable
        ? '"' + text + '"' + more
        : HexFormat.ofDelimiter(" ").formatHex(payload, 0, shown) + more;
  }
}
