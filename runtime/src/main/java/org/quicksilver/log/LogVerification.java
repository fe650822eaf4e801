package org.quicksilver.log;

import java.io.IOException;
import java.util.Optional;

/**
 * What a look at every byte of a log has found. Each byte of a segment is covered: header and
 * records by CRC32C and by their order, the rest must be zero.
 *
 * @param segments how many segments were looked at
 * @param records how many valid records of participants are in them
 * @param bytes bytes of these segments
 * @param problem the first byte range that is not as it was written
 */
public record LogVerification(
    int segments, long records, long bytes, Optional<LogProblem> problem) {

  /**
   * Looks at a log; changes nothing. While somebody writes it, what is just being written may look
   * torn.
   *
   * @throws IOException if the files cannot be read
   */
  public static LogVerification of(LogStorage storage) throws IOException {
    Count count = new Count();
    LogWalk.End end = LogWalk.over(storage, count);
    return new LogVerification(
        count.segments, count.records, count.bytes, Optional.ofNullable(end.problem()));
  }

  /** Counts. */
  private static final class Count implements LogWalk.Visitor {
    private int segments;
    private long records;
    private long bytes;

    @Override
    public void onSegment(SegmentImage segment) {
      segments++;
      bytes += segment.length();
    }

    @Override
    public void onRecord(SegmentImage segment, RecordCursor record) {
      records += record.type() == RecordType.DATA ? 1 : 0;
    }
  }
}
