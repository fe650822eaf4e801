package org.quicksilver.log;

import java.util.Optional;

/**
 * Tells the torn end of a log from damage: by what a power failure can leave behind.
 *
 * <p>What is written but not forced may be lost in any subset of sectors, and a lost sector reads
 * as zeros, for segments are made of zeros and the remains of a torn end are overwritten with zeros
 * when it is cut off. So it is damage
 *
 * <ul>
 *   <li>if a group that lies further on was begun when records had been forced that are missing, or
 *       if a generation was begun further on;
 *   <li>if no sector of the first bad record is missing, nor its end: then it was once there,
 *       whole.
 * </ul>
 */
final class TailJudge {

  private final SegmentImage image;
  private final RecordFormat format = new RecordFormat();

  TailJudge(SegmentImage image) {
    this.image = image;
  }

  /**
   * What is wrong; empty if the segment simply ends there.
   *
   * @param stop where a record should begin and none does
   * @param last the last record before it
   */
  Optional<LogProblem> judge(int stop, long last) {
    if (image.length() > image.size()) {
      return Optional.of(image.damage(image.size(), "the file is longer than it was made"));
    }
    if (image.isZero(stop, image.size())) {
      return image.length() == image.size()
          ? Optional.empty()
          : Optional.of(torn(image.length(), "the file is shorter than it was made"));
    }
    if (wasForcedBehind(stop, last)) {
      return Optional.of(image.damage(stop, "no valid record, though later ones were forced"));
    }
    return Optional.of(
        isTorn(stop)
            ? torn(stop, "the last records were not written to their end")
            : image.damage(stop, "a record was changed after it was written"));
  }

  private LogProblem torn(long offset, String what) {
    return new LogProblem(LogProblem.Kind.TORN_TAIL, image.name(), offset, what);
  }

  private boolean wasForcedBehind(int stop, long last) {
    for (int at = stop + RecordFormat.ALIGNMENT; at < image.size(); at += RecordFormat.ALIGNMENT) {
      RecordCursor record = new RecordCursor(format, image.bytes(), at);
      if (image.bytes().get(at) == RecordFormat.MAGIC
          && record.next()
          && saysThatMoreWasForced(record, last)) {
        return true;
      }
    }
    return false;
  }

  /** The place a group says it is at tells it from a copy in somebody's payload. */
  private boolean saysThatMoreWasForced(RecordCursor record, long last) {
    return switch (record.type()) {
      case START -> StartRecord.before(record.payload()) >= last;
      case GROUP ->
          record.lsn() > last && Batch.isAt(record.payload(), image.number(), record.offset());
      case DATA, MARK -> false;
    };
  }

  private boolean isTorn(int stop) {
    boolean header = format.isHeader(image.bytes(), stop);
    long end =
        header
            ? RecordFormat.end(image.bytes(), stop)
            : Math.min(stop + RecordFormat.HEADER, image.size());
    if (end > image.size()) {
      return false;
    }
    int crcAt = (int) end - RecordFormat.CRC;
    return end > image.length()
        || missesSector(stop, (int) end)
        || (crcAt >= stop && image.isZero(crcAt, (int) end));
  }

  private boolean missesSector(int from, int to) {
    for (int at = from; at < to; ) {
      int next = Math.min(to, (at / RecordFormat.SECTOR + 1) * RecordFormat.SECTOR);
      if (image.isZero(at, next)) {
        return true;
      }
      at = next;
    }
    return false;
  }
}
