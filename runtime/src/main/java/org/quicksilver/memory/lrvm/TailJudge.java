package org.quicksilver.memory.lrvm;

import java.io.IOException;
import java.util.Optional;

/**
 * Tells a torn end from damage. Where no record has been written the ring is zeros, durably, before
 * one may be; so what a power failure leaves of a record lacks at least one sector, which is zero.
 * A write that failed halfway lacks its end. A record that does not check although nothing of it is
 * missing is damaged, and so is one that a later record knows to have been forced.
 *
 * <p>Not noticed: a bit that flips in the last records of a log whose process died, in one that has
 * a whole sector of zeros in its content.
 */
final class TailJudge {

  private final LogHeader log;
  private final LogWindow window;
  private final long tail;
  private final RecordHeader header = new RecordHeader();
  private long garbage;

  /** The tail is where the first record is that does not check. */
  TailJudge(LogArea area, LogHeader log, long tail) {
    this.log = log;
    this.tail = tail;
    this.garbage = tail;
    this.window = new LogWindow(area, tail, log.clean());
  }

  /** The end of what a crash left behind the tail. */
  long endOfGarbage() {
    return garbage;
  }

  /** What is wrong, if it is more than a torn end. */
  Optional<String> damage() throws IOException {
    if (log.closed() != LogHeader.OPEN && log.closed() != tail) {
      return Optional.of("it was closed at %d and checks up to %d".formatted(log.closed(), tail));
    }
    if (tail < log.forced()) {
      return Optional.of(
          "it was forced up to %d and checks up to %d".formatted(log.forced(), tail));
    }
    return tail < log.clean() && isPresent()
        ? Optional.of("the record at %d is all there and does not check".formatted(tail))
        : findLater();
  }

  /** Whether no sector of the record at the tail is missing. */
  private boolean isPresent() throws IOException {
    long firstSector = Math.min(log.clean(), (tail / LogFormat.SECTOR + 1) * LogFormat.SECTOR);
    if (isZero(tail, firstSector)) {
      return false;
    }
    long headerEnd = tail + LogFormat.RECORD_HEADER;
    if (headerEnd > log.clean()) {
      // No record had room; what is here a recovery has left that did not come to its end.
      return false;
    }
    boolean known = header.read(window, window.forwards(tail, LogFormat.RECORD_HEADER));
    if (known && header.lsn() == tail && header.generation() == log.generation() + 1) {
      // Written by a recovery that did not come to its end.
      return false;
    }
    if (!known || header.lsn() != tail || header.generation() != log.generation()) {
      return !endsInZeros(headerEnd)
          && (headerEnd <= firstSector || !isZero(firstSector, headerEnd));
    }
    long end = Math.min(header.end(), log.clean());
    return !endsInZeros(end) && !lacksSector(firstSector, end);
  }

  /** Headers and records end in a sum: one that is zero was not written, nor what was before it. */
  private boolean endsInZeros(long end) throws IOException {
    return isZero(end - Integer.BYTES, end);
  }

  private boolean lacksSector(long from, long end) throws IOException {
    for (long at = from; at < end; at += LogFormat.SECTOR) {
      if (isZero(at, Math.min(at + LogFormat.SECTOR, end))) {
        return true;
      }
    }
    return false;
  }

  private boolean isZero(long from, long to) throws IOException {
    int at = window.forwards(from, (int) (to - from));
    for (int i = 0; i < to - from; i++) {
      if (window.bytes().get(at + i) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Looks behind the tail for a record that knows the one at the tail to have been forced. */
  private Optional<String> findLater() throws IOException {
    for (long at = tail; at + Long.BYTES <= log.clean(); at += Long.BYTES) {
      int place = window.forwards(at, Long.BYTES);
      if (window.bytes().getLong(place) != 0) {
        garbage = at + Long.BYTES;
        if (window.bytes().getInt(place) == LogFormat.RECORD_MAGIC && knowsMore(at)) {
          return Optional.of(
              "the record at %d does not check, and had been forced before that at %d"
                  .formatted(tail, at));
        }
      }
    }
    return Optional.empty();
  }

  private boolean knowsMore(long at) throws IOException {
    return at + LogFormat.RECORD_HEADER <= log.clean()
        && header.read(window, window.forwards(at, LogFormat.RECORD_HEADER))
        && header.lsn() == at
        && header.generation() == log.generation()
        && header.forced() > tail;
  }
}
