package org.quicksilver.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The records of a log for people to read, those included that the log writes for itself. */
public final class LogDump {

  /**
   * One record.
   *
   * @param lsn its number
   * @param segment in which segment
   * @param offset where there, bytes
   * @param participant who wrote it; {@code -} for the log itself
   * @param length of its payload, bytes
   * @param text what it says
   */
  public record Line(
      long lsn, long segment, long offset, String participant, int length, String text) {

    @Override
    public String toString() {
      return String.format(
          "%-12s %6d:%-9d %-16s %7d  %s",
          Lsn.text(lsn), segment, offset, participant, length, text);
    }
  }

  private LogDump() {}

  /**
   * Calls with every record, oldest first, up to the end or the first problem. Changes nothing.
   *
   * @return the problem
   * @throws IOException if the files cannot be read
   */
  public static Optional<LogProblem> of(LogStorage storage, Consumer<Line> action)
      throws IOException {
    LogWalk.Visitor lines =
        new LogWalk.Visitor() {
          @Override
          public void onSegment(SegmentImage segment) {}

          @Override
          public void onRecord(SegmentImage segment, RecordCursor record) {
            action.accept(line(segment, record));
          }
        };
    return Optional.ofNullable(LogWalk.over(storage, lines).problem());
  }

  private static Line line(SegmentImage segment, RecordCursor record) {
    boolean data = record.type() == RecordType.DATA;
    return new Line(
        record.lsn(),
        segment.number(),
        record.offset(),
        data ? record.participant().name() : "-",
        record.payloadLength(),
        text(record));
  }

  private static String text(RecordCursor record) {
    byte[] payload = record.payload();
    return switch (record.type()) {
      case DATA -> RecordText.of(record.participant(), payload);
      case GROUP -> "group; forced before: " + Lsn.text(record.lsn());
      case START -> start(payload);
      case MARK -> "low-water mark" + marks(payload);
    };
  }

  private static String start(byte[] payload) {
    Map<LogParticipant, Long> marks = new LinkedHashMap<>();
    StartRecord.marks(payload, marks);
    return "begin after " + Lsn.text(StartRecord.before(payload)) + text(marks);
  }

  private static String marks(byte[] payload) {
    Map<LogParticipant, Long> marks = new LinkedHashMap<>();
    MarkRecord.get(ByteBuffer.wrap(payload), marks);
    return text(marks);
  }

  private static String text(Map<LogParticipant, Long> marks) {
    StringBuilder text = new StringBuilder();
    marks.forEach((who, lsn) -> text.append(' ').append(who).append('=').append(Lsn.text(lsn)));
    return text.toString();
  }
}
