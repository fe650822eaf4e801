package org.quicksilver.log;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;

/** The segments of an open log, from the oldest to the spare one. For one thread at a time. */
final class Segments {

  /**
   * The records of one participant in one segment.
   *
   * @param segment which
   * @param entries its records
   */
  record Page(long segment, List<LogEntry> entries) {}

  private static final Logger LOG = Logger.getLogger(Segments.class.getName());

  private final LogStorage storage;
  private final LogLimits limits;
  private final ArrayDeque<Segment> all;
  private final RecordFormat format = new RecordFormat();
  private boolean undeletable;

  Segments(LogStorage storage, LogLimits limits, ArrayDeque<Segment> all) {
    this.storage = storage;
    this.limits = limits;
    this.all = all;
  }

  static Segment make(LogStorage storage, long number, int size) throws IOException {
    SegmentHeader header = new SegmentHeader(number, size);
    return new Segment(number, storage.create(number, header.bytes(), size), size);
  }

  /**
   * Makes another segment.
   *
   * @param marks low-water marks that survive a power failure
   * @throws LogFullException if the log may not grow, or the disk is full
   */
  Segment create(Map<LogParticipant, Long> marks) {
    long size = bytes();
    if (size + limits.segment() > limits.most()) {
      throw new LogFullException("the log is full with " + size + " bytes: " + remedy(marks), null);
    }
    try {
      Segment segment = make(storage, all.getLast().number() + 1, limits.segment());
      all.add(segment);
      return segment;
    } catch (IOException e) {
      throw new LogFullException(
          "there is no room for another segment of the log (" + e + "): " + remedy(marks), e);
    }
  }

  private long bytes() {
    return all.stream().mapToLong(Segment::size).sum();
  }

  LogExtent extent(long forced, Segment current, Map<LogParticipant, Long> marks) {
    Segment oldest = all.getFirst();
    Optional<LogParticipant> holder =
        oldest.number() < current.number() ? oldest.holder(marks) : Optional.empty();
    return new LogExtent(forced, all.size(), bytes(), holder);
  }

  /** With one segment only, somebody may just be appending to it. */
  private String remedy(Map<LogParticipant, Long> marks) {
    return Optional.of(all.getFirst())
            .filter(first -> all.size() > 1)
            .flatMap(first -> first.holder(marks))
            .map(who -> "participant " + who + " holds its oldest part; let it take a checkpoint")
            .orElse("let participants take a checkpoint")
        + ", or make room";
  }

  /** Deletes the oldest segments before this one as far as nobody needs them. */
  void truncate(Segment current, Map<LogParticipant, Long> marks) {
    while (!undeletable
        && all.getFirst().number() < current.number()
        && all.getFirst().holder(marks).isEmpty()) {
      delete(all.removeFirst());
    }
  }

  /** After one that stays no later one may go: what is left must have no gap. */
  private void delete(Segment segment) {
    try {
      segment.file().close();
      storage.delete(segment.number());
    } catch (IOException e) {
      undeletable = true;
      LOG.warning(() -> "segment " + segment.number() + " of the log cannot be deleted: " + e);
    }
  }

  /**
   * Reads one segment.
   *
   * @param after number of the segment before it; 0 for the oldest
   * @param last the last with records in it
   * @return empty if there is none after that one
   */
  Optional<Page> page(LogParticipant participant, long from, long after, Segment last)
      throws IOException {
    for (Segment segment : all) {
      if (segment.number() > after && segment.number() <= last.number()) {
        return Optional.of(new Page(segment.number(), entries(segment, participant, from)));
      }
    }
    return Optional.empty();
  }

  private List<LogEntry> entries(Segment segment, LogParticipant participant, long from)
      throws IOException {
    SegmentImage image = SegmentImage.load(segment.file(), segment.number());
    RecordCursor record = new RecordCursor(format, image.bytes(), SegmentHeader.LENGTH);
    List<LogEntry> entries = new ArrayList<>();
    while (record.next()) {
      if (record.isOf(participant) && record.lsn() >= from) {
        entries.add(new LogEntry(record.lsn(), participant, record.payload()));
      }
    }
    return entries;
  }

  void close() throws IOException {
    for (Segment segment : all) {
      segment.file().close();
    }
    storage.close();
  }
}
