package org.quicksilver.log;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log from its beginning to its end or to the first problem, checking every byte. Changes
 * nothing.
 */
final class LogWalk {

  /** Is shown what there is. */
  interface Visitor {
    /** A segment comes. */
    void onSegment(SegmentImage segment) throws IOException;

    /** A valid record of that segment comes. */
    void onRecord(SegmentImage segment, RecordCursor record) throws IOException;
  }

  /**
   * Where the log ends.
   *
   * @param segment the last segment with records in it; {@link Lsn#NONE} if there is no segment
   * @param offset where the next record belongs there
   * @param last the last record
   * @param problem what is wrong, if anything is
   */
  record End(long segment, int offset, long last, @Nullable LogProblem problem) {}

  private final LogStorage storage;
  private final Visitor visitor;
  private final RecordFormat format = new RecordFormat();
  private long endSegment;
  private int endOffset = SegmentHeader.LENGTH;
  private long last = Lsn.NONE;
  private @Nullable LogProblem problem;

  private LogWalk(LogStorage storage, Visitor visitor) {
    this.storage = storage;
    this.visitor = visitor;
  }

  /** Walks over a whole log. */
  static End over(LogStorage storage, Visitor visitor) throws IOException {
    LogWalk walk = new LogWalk(storage, visitor);
    List<Long> numbers = storage.list();
    for (int i = 0; i < numbers.size() && !walk.isDamaged(); i++) {
      SegmentImage segment = SegmentImage.load(storage, numbers.get(i));
      if (i > 0 && numbers.get(i) != numbers.get(i - 1) + 1) {
        walk.problem = segment.damage(0, "the segment before this one is missing");
      } else {
        walk.segment(segment);
      }
    }
    return new End(walk.endSegment, walk.endOffset, walk.last, walk.problem);
  }

  private boolean isDamaged() {
    return problem != null && problem.kind() == LogProblem.Kind.DAMAGE;
  }

  private void segment(SegmentImage segment) throws IOException {
    if (!segment.sound()) {
      problem = segment.damage(0, "this is no header of this segment");
      return;
    }
    visitor.onSegment(segment);
    boolean blank = segment.isZero(SegmentHeader.LENGTH, segment.size());
    if (problem != null && !blank) {
      problem =
          new LogProblem(
              LogProblem.Kind.DAMAGE,
              problem.file(),
              problem.offset(),
              problem.what() + ", though a later segment was begun");
      return;
    }
    if (endSegment == 0 || !blank) {
      endSegment = segment.number();
      endOffset = SegmentHeader.LENGTH;
    }
    records(segment);
  }

  private void records(SegmentImage segment) throws IOException {
    RecordCursor record = new RecordCursor(format, segment.bytes(), SegmentHeader.LENGTH);
    while (record.next()) {
      String wrong = follows(record);
      if (wrong != null) {
        problem = segment.damage(record.offset(), wrong);
        return;
      }
      visitor.onRecord(segment, record);
      endOffset = record.position();
    }
    Optional<LogProblem> found = new TailJudge(segment).judge(record.position(), last);
    problem = found.orElse(problem);
  }

  /** Why the record cannot follow the one before it; null if it can. */
  private @Nullable String follows(RecordCursor record) {
    if (record.type() == RecordType.GROUP) {
      boolean possible = record.lsn() <= last && record.offset() > SegmentHeader.LENGTH;
      return possible ? null : "records are missing before this group";
    }
    if (record.type() == RecordType.START) {
      long before = StartRecord.before(record.payload());
      boolean first = last == Lsn.NONE;
      if (!first && before != last) {
        return "records between " + Lsn.text(last) + " and " + Lsn.text(before) + " are missing";
      }
    } else if (record.offset() == SegmentHeader.LENGTH || record.lsn() != last + 1) {
      return "record " + Lsn.text(record.lsn()) + " follows " + Lsn.text(last);
    }
    last = record.lsn();
    return null;
  }
}
