package org.quicksilver.log;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.quicksilver.log.LogStorage.SegmentFile;

/**
 * One segment of an open log, and whose records are in it.
 *
 * <p>The file belongs to the thread that writes; the rest to whoever appends, until a later segment
 * is being written: from then on it does not change.
 */
final class Segment {

  /** Last record of one participant in here; changed in place, for every record has one. */
  private static final class Last {
    long lsn;
  }

  private final long number;
  private final SegmentFile file;
  private final int size;
  private final Map<LogParticipant, Last> last = new HashMap<>();

  Segment(long number, SegmentFile file, int size) {
    this.number = number;
    this.file = file;
    this.size = size;
  }

  long number() {
    return number;
  }

  SegmentFile file() {
    return file;
  }

  /** Bytes of the file. */
  int size() {
    return size;
  }

  /** Notes a record of a participant. */
  void contains(LogParticipant participant, long lsn) {
    Last known = last.get(participant);
    if (known == null) {
      known = new Last();
      last.put(participant, known);
    }
    known.lsn = lsn;
  }

  /** Somebody who still needs something in here. */
  Optional<LogParticipant> holder(Map<LogParticipant, Long> marks) {
    return last.entrySet().stream()
        .filter(each -> each.getValue().lsn >= marks.getOrDefault(each.getKey(), Lsn.NONE))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
