package org.quicksilver.log;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes and forces an open log. For one thread at a time. */
final class LogFiles {

  private final Segments segments;
  private final ForceMeter meter = new ForceMeter();
  private Segment current;
  private long written;
  private long forced;
  private boolean unforced;
  private Map<LogParticipant, Long> writtenMarks = Map.of();
  private Map<LogParticipant, Long> forcedMarks = Map.of();
  private @Nullable LogFailedException failure;

  LogFiles(Segments segments, Segment current, long last) {
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
    meter.wrote(batch.records());
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
      long before = System.nanoTime();
      current.file().force();
      meter.forced(System.nanoTime() - before);
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
    return segments.create(forcedMarks);
  }

  /**
   * Deletes the oldest segments as far as nobody needs them, by marks that survive a power failure.
   */
  void truncate() {
    segments.truncate(current, forcedMarks);
  }

  /**
   * Reads the records of a participant in one segment, as far as they are written.
   *
   * @param from the first record wanted
   * @param after number of the segment before it; 0 for the oldest
   * @return empty if there is no segment with records after that one
   */
  Optional<Segments.Page> page(LogParticipant participant, long from, long after)
      throws IOException {
    checkUsable();
    return segments.page(participant, from, after, current);
  }

  LogExtent extent() {
    return segments.extent(forced, current, forcedMarks);
  }

  /** What was written and forced. For any thread. */
  ForceMeter meter() {
    return meter;
  }

  /** Whether something can still be written. */
  boolean isUsable() {
    return failure == null;
  }

  /** Closes the files; nothing can be written any more. A second call does nothing. */
  void close() throws IOException {
    failure = failure == null ? new LogFailedException("the log is closed", null) : failure;
    segments.close();
  }
}
