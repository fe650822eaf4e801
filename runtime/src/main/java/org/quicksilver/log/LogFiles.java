package org.quicksilver.log;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The segments of an open log: all its I/O. For one thread at a time. */
final class LogFiles {

  /**
   * The records of one participant in one segment.
   *
   * @param segment which
   * @param entries its records
   */
  record Page(long segment, List<LogEntry> entries) {}

  private static final Logger LOG = Logger.getLogger(LogFiles.class.getName());

  private final LogStorage storage;
  private final LogLimits limits;
  private final ArrayDeque<Segment> segments;
  private final RecordFormat format = new RecordFormat();
  private Segment current;
  private long written;
  private long forced;
  private boolean unforced;
  private boolean undeletable;
  private Map<LogParticipant, Long> writtenMarks = Map.of();
  private Map<LogParticipant, Long> forcedMarks = Map.of();
  private @Nullable LogFailedException failure;

  LogFiles(
      LogStorage storage,
      LogLimits limits,
      ArrayDeque<Segment> segments,
      Segment current,
      long last) {
    this.storage = storage;
    this.limits = limits;
    this.segments = segments;
    this.current = current;
    this.written = last;
    this.forced = last;
  }

  /** Last record that survives the death of the process. */
  long written() {
    return written;
  }

  /** Last record that survives a power failure. */
  long forced() {
    return forced;
  }

  /**
   * Writes a batch: one write, more only where a segment ends, which is then forced.
   *
   * @throws LogFailedException if that fails, now or before
   */
  void write(Batch batch) {
    try {
      checkUsable();
      for (int i = 0; i < batch.pieces().size(); i++) {
        Batch.Piece piece = batch.pieces().get(i);
        enter(piece.segment());
        unforced = true;
        piece.segment().file().write(batch.bytes(i), piece.offset());
      }
    } catch (IOException | RuntimeException e) {
      throw failed(e);
    }
    written = Math.max(written, batch.last());
    Map<LogParticipant, Long> marks = batch.marks();
    writtenMarks = marks == null ? writtenMarks : marks;
  }

  /** No byte of a segment is written before the one before it is forced. */
  private void enter(Segment segment) throws IOException {
    if (segment != current) {
      forceCurrent();
      current = segment;
    }
  }

  private void forceCurrent() throws IOException {
    if (unforced) {
      current.file().force();
      unforced = false;
    }
  }

  /**
   * Makes everything written survive a power failure.
   *
   * @throws LogFailedException if that fails, now or before
   */
  void force() {
    try {
      checkUsable();
      forceCurrent();
    } catch (IOException | RuntimeException e) {
      throw failed(e);
    }
    forced = written;
    forcedMarks = writtenMarks;
  }

  private void checkUsable() {
    if (failure != null) {
      throw failure;
    }
  }

  private LogFailedException failed(Exception cause) {
    if (failure == null) {
      failure = LogFailedException.of(forced, cause);
    }
    return failure;
  }

  /**
   * Makes another segment.
   *
   * @throws LogFullException if the log may not grow, or the disk is full
   */
  Segment create() {
    long size = segments.stream().mapToLong(Segment::size).sum();
    if (size + limits.segment() > limits.most()) {
      throw new LogFullException("the log is full with " + size + " bytes: " + remedy(), null);
    }
    try {
      Segment segment = make(storage, segments.getLast().number() + 1, limits.segment());
      segments.add(segment);
      return segment;
    } catch (IOException e) {
      throw new LogFullException(
          "there is no room for another segment of the log (" + e + "): " + remedy(), e);
    }
  }

  static Segment make(LogStorage storage, long number, int size) throws IOException {
    SegmentHeader header = new SegmentHeader(number, size);
    return new Segment(number, storage.create(number, header.bytes(), size), size);
  }

  private String remedy() {
    return segments
            .getFirst()
            .holder(forcedMarks)
            .map(who -> "participant " + who + " holds its oldest part; let it take a checkpoint")
            .orElse("nobody holds its oldest part; force a record")
        + ", or make room";
  }

  /**
   * Deletes the oldest segments as far as nobody needs them, by marks that survive a power failure.
   */
  void truncate() {
    while (!undeletable
        && segments.getFirst().number() < current.number()
        && segments.getFirst().holder(forcedMarks).isEmpty()) {
      delete(segments.removeFirst());
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
   * Reads one segment, at its beginning or further on.
   *
   * @param after number of the segment before it; 0 for the oldest
   * @param from the first record wanted
   * @return empty if there is no segment with records after that one
   */
  Optional<Page> page(LogParticipant participant, long from, long after) throws IOException {
    checkUsable();
    for (Segment segment : segments) {
      if (segment.number() > after && segment.number() <= current.number()) {
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

  /** Whether something can still be written. */
  boolean isUsable() {
    return failure == null;
  }

  /** Closes the files; nothing can be written any more. A second call does nothing. */
  void close() throws IOException {
    failure = failure == null ? new LogFailedException("the log is closed", null) : failure;
    for (Segment segment : segments) {
      segment.file().close();
    }
    storage.close();
  }
}
