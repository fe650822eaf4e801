package org.quicksilver.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.quicksilver.log.LogStorage.SegmentFile;

/**
 * Opens the files of a log: finds its end, cuts off what a crash has left there torn, and begins a
 * new generation.
 */
final class LogRecovery implements LogWalk.Visitor {

  private static final Logger LOG = Logger.getLogger(LogRecovery.class.getName());

  private final LogStorage storage;
  private final ArrayDeque<Segment> segments = new ArrayDeque<>();
  private final Map<LogParticipant, Long> marks = new HashMap<>();

  LogRecovery(LogStorage storage) {
    this.storage = storage;
  }

  @Override
  public void onSegment(SegmentImage image) throws IOException {
    segments.add(new Segment(image.number(), storage.open(image.number()), image.size()));
  }

  @Override
  public void onRecord(SegmentImage image, RecordCursor record) {
    switch (record.type()) {
      case DATA -> segments.getLast().contains(record.participant(), record.lsn());
      case START -> StartRecord.marks(record.payload(), marks);
      case MARK -> MarkRecord.get(ByteBuffer.wrap(record.payload()), marks);
      case GROUP -> {}
    }
  }

  /**
   * Opens it.
   *
   * @throws LogDamagedException if it has damage that is no torn end; nothing was changed
   * @throws IOException if the files cannot be read or made
   */
  ForcedLog open(LogLimits limits) throws IOException {
    try {
      LogWalk.End end = LogWalk.over(storage, this);
      LogProblem problem = end.problem();
      if (problem != null && problem.kind() == LogProblem.Kind.DAMAGE) {
        throw new LogDamagedException(problem);
      }
      if (problem != null) {
        cut(end, problem);
      }
      return open(limits, end);
    } catch (IOException | RuntimeException e) {
      closeQuietly(e);
      throw e;
    }
  }

  private ForcedLog open(LogLimits limits, LogWalk.End end) throws IOException {
    if (segments.isEmpty()) {
      segments.add(Segments.make(storage, 1, limits.segment()));
    }
    long last = Math.max(end.segment(), segments.getFirst().number());
    Segment current = Objects.requireNonNull(segment(last));
    Segment spare = segment(last + 1);
    LogFiles files = new LogFiles(new Segments(storage, limits, segments), current, end.last());
    ForcedLog log =
        new ForcedLog(new Tail(limits, current, end.offset(), spare, end.last(), marks), files);
    log.begin();
    return log;
  }

  private @Nullable Segment segment(long number) {
    for (Segment each : segments) {
      if (each.number() == number) {
        return each;
      }
    }
    return null;
  }

  /** Overwrites with zeros, so that nothing of it is ever taken for a record. */
  private void cut(LogWalk.End end, LogProblem problem) throws IOException {
    LOG.warning(() -> "the log was torn by a crash and is cut off: " + problem);
    Segment torn = Objects.requireNonNull(segment(end.segment()));
    SegmentFile file = torn.file();
    file.write(ByteBuffer.allocate(torn.size() - end.offset()), end.offset());
    file.force();
  }

  private void closeQuietly(Exception cause) {
    for (Segment segment : segments) {
      try {
        segment.file().close();
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
    }
  }
}
