package org.quicksilver.log;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The end of the log, in memory: gives records their numbers and places, and does no I/O. A record
 * is accepted only when its place on the disk exists already, so that a full disk refuses records
 * and never loses one. Not thread-safe.
 */
final class Tail {

  private final LogLimits limits;
  private final RecordFormat format = new RecordFormat();
  private final LowWaterMarks marks;
  private Batch active;
  private Batch idle;
  private Segment current;
  private int offset;
  private @Nullable Segment spare;
  private long last;

  /**
   * Goes on where the log ends.
   *
   * @param offset first free byte of the segment
   * @param spare an empty one after it, if there is one
   * @param last the last record there is
   */
  Tail(
      LogLimits limits,
      Segment current,
      int offset,
      @Nullable Segment spare,
      long last,
      Map<LogParticipant, Long> marks) {
    this.limits = limits;
    this.current = current;
    this.offset = offset;
    this.spare = spare;
    this.last = last;
    this.marks = new LowWaterMarks(marks, limits.longestRecord());
    this.active = new Batch(limits.buffer());
    this.idle = new Batch(limits.buffer());
  }

  LogLimits limits() {
    return limits;
  }

  /** Whether the record that begins a generation needs a segment that is not there. */
  boolean mustGrowToBegin() {
    return !fitsInCurrent(StartRecord.size(marks.all())) && spare == null;
  }

  /** Begins a generation. */
  void begin() {
    long first = Lsn.firstOfNextGeneration(last);
    if (fitsInCurrent(StartRecord.size(marks.all()))) {
      active.continueIn(current, offset);
      start(first);
    } else {
      roll(first);
    }
  }

  private boolean fitsInCurrent(int size) {
    return offset + size <= current.size();
  }

  private void roll(long lsn) {
    current = Objects.requireNonNull(spare, "no segment to go on in");
    spare = null;
    offset = SegmentHeader.LENGTH;
    active.continueIn(current, offset);
    start(lsn);
  }

  private void start(long lsn) {
    add(RecordType.START, lsn, "", StartRecord.payload(last, marks.all()));
  }

  private void add(RecordType type, long lsn, String name, ByteBuffer payload) {
    offset += active.add(format, type, lsn, name, payload);
    last = lsn;
  }

  /** Whether there is room for a record of so many bytes. */
  Room room(int size) {
    int group = active.isEmpty() ? Batch.GROUP_SIZE : 0;
    boolean here = fitsInCurrent(group + size);
    if (!here && spare == null) {
      return Room.SEGMENT_MISSING;
    }
    int needed = size + (here ? group : StartRecord.size(marks.all()));
    return active.fits(needed) ? Room.READY : Room.BUFFER_FULL;
  }

  /** Whether so much of the segment is used that the next should be made. */
  boolean isHalfThrough() {
    return offset > current.size() / 2;
  }

  boolean hasSpare() {
    return spare != null;
  }

  /** Gives it a new, empty segment to go on in. */
  void offer(Segment next) {
    spare = next;
  }

  /** Accepts a record for which there is room, and gives it its number. */
  long append(LogParticipant participant, ByteBuffer payload) {
    makeWay(limits.sizeOf(participant, payload));
    add(RecordType.DATA, Lsn.next(last), participant.name(), payload);
    current.contains(participant, last);
    return last;
  }

  private void makeWay(int size) {
    int group = active.isEmpty() ? Batch.GROUP_SIZE : 0;
    if (!fitsInCurrent(group + size)) {
      roll(Lsn.next(last));
    } else if (group > 0) {
      openGroup();
    }
  }

  private void openGroup() {
    active.continueIn(current, offset);
    active.leaveRoomForGroup();
    offset += Batch.GROUP_SIZE;
  }

  /**
   * Raises a low-water mark; a lower one changes nothing. Without room for its record in this
   * segment, it is first written with the next.
   */
  void mark(LogParticipant participant, long lsn) {
    if (lsn > last + 1) {
      throw new IllegalArgumentException(
          "low-water mark " + Lsn.text(lsn) + " of " + participant + " is beyond the log's end");
    }
    if (!marks.raise(participant, lsn)) {
      return;
    }
    int size = MarkRecord.size(participant) + Batch.GROUP_SIZE;
    if (fitsInCurrent(size) && active.fits(size)) {
      makeWay(MarkRecord.size(participant));
      add(RecordType.MARK, Lsn.next(last), "", MarkRecord.payload(participant, lsn));
    }
  }

  /** The mark of a participant; {@link Lsn#NONE} if it never set one. */
  long lowWater(LogParticipant participant) {
    return marks.of(participant);
  }

  /** Puts a mark of the log's own behind everything, if there is room; says that all is forced. */
  void end() {
    if (active.isEmpty() && fitsInCurrent(Batch.GROUP_SIZE)) {
      openGroup();
    }
  }

  /** The last number given. */
  long last() {
    return last;
  }

  /** Whether there is nothing to write. */
  boolean isEmpty() {
    return active.isEmpty() && !marks.haveChanged();
  }

  /**
   * Takes what is in memory; it is the caller's until the next call.
   *
   * @param forced last record known to survive a power failure
   */
  Batch drain(long forced) {
    Batch full = active;
    full.seal(format, forced, marks.takeChanged());
    active = idle;
    active.clear();
    idle = full;
    return full;
  }
}
