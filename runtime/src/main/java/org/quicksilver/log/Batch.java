package org.quicksilver.log;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records in memory, as they will lie in one segment or in several. Not thread-safe; reused. */
final class Batch {

  /**
   * What goes into one segment.
   *
   * @param segment which
   * @param offset where it begins there
   * @param from where it begins in memory; it ends where the next one begins
   */
  record Piece(Segment segment, int offset, int from) {}

  private static final int GROUP_PAYLOAD = Long.BYTES + Integer.BYTES;
  static final int GROUP_SIZE = RecordFormat.size(0, GROUP_PAYLOAD);

  private final ByteBuffer bytes;
  private final ByteBuffer group = ByteBuffer.allocate(GROUP_PAYLOAD);
  private final List<Piece> pieces = new ArrayList<>(2);
  private int end;
  private int records;
  private boolean grouped;
  private long last;
  private @Nullable Map<LogParticipant, Long> marks;

  Batch(int capacity) {
    this.bytes = ByteBuffer.allocateDirect(capacity);
  }

  boolean isEmpty() {
    return end == 0;
  }

  boolean fits(int size) {
    return end + size <= bytes.capacity();
  }

  /** What comes now goes into this segment. */
  void continueIn(Segment segment, int offset) {
    pieces.add(new Piece(segment, offset, end));
  }

  /** Leaves room for the record that begins the group. */
  void leaveRoomForGroup() {
    grouped = true;
    end = GROUP_SIZE;
  }

  /**
   * Adds a record; there is room.
   *
   * @return its size
   */
  int add(RecordFormat format, RecordType type, long lsn, String name, ByteBuffer payload) {
    int before = end;
    end = format.write(bytes, before, type, lsn, name, payload);
    last = lsn;
    records += type == RecordType.DATA ? 1 : 0;
    return end - before;
  }

  /**
   * Nothing more is added.
   *
   * @param forced last record known to survive a power failure
   * @param current low-water marks, if they have changed
   */
  void seal(RecordFormat format, long forced, @Nullable Map<LogParticipant, Long> current) {
    marks = current;
    if (grouped) {
      Piece first = pieces.get(0);
      group.clear().putLong(first.segment().number()).putInt(first.offset()).flip();
      format.write(bytes, 0, RecordType.GROUP, forced, "", group);
    }
  }

  List<Piece> pieces() {
    return pieces;
  }

  /** The bytes of a piece; valid until the next call. */
  ByteBuffer bytes(int piece) {
    int to = piece + 1 < pieces.size() ? pieces.get(piece + 1).from() : end;
    return bytes.limit(to).position(pieces.get(piece).from());
  }

  /** Its last record; {@link Lsn#NONE} if there is none but the group's own. */
  long last() {
    return last;
  }

  /** How many records of participants are in it. */
  int records() {
    return records;
  }

  /** Low-water marks as of its end; null if they have not changed. */
  @Nullable Map<LogParticipant, Long> marks() {
    return marks;
  }

  void clear() {
    bytes.clear();
    pieces.clear();
    end = 0;
    records = 0;
    grouped = false;
    last = Lsn.NONE;
    marks = null;
  }

  /** Whether a group record says that it is where it was written. */
  static boolean isAt(byte[] groupPayload, long segment, int offset) {
    ByteBuffer payload = ByteBuffer.wrap(groupPayload);
    return payload.capacity() == GROUP_PAYLOAD
        && payload.getLong() == segment
        && payload.getInt() == offset;
  }
}
