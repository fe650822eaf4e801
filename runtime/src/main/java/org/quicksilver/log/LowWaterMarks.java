package org.quicksilver.log;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What each participant does not need any more. Not thread-safe. */
final class LowWaterMarks {

  private final int longestRecord;
  private final Map<LogParticipant, Long> marks;
  private boolean changed = true;

  /**
   * Begins with marks of before.
   *
   * @param longestRecord within which all have to find room
   */
  LowWaterMarks(Map<LogParticipant, Long> marks, int longestRecord) {
    this.marks = new LinkedHashMap<>(marks);
    this.longestRecord = longestRecord;
  }

  long of(LogParticipant participant) {
    return marks.getOrDefault(participant, Lsn.NONE);
  }

  /** Raises a mark; false if it was as high before. */
  boolean raise(LogParticipant participant, long lsn) {
    if (lsn <= of(participant)) {
      return false;
    }
    int size = StartRecord.size(marks) + MarkRecord.length(participant) + RecordFormat.ALIGNMENT;
    if (size > longestRecord) {
      throw new IllegalStateException(
          "too many participants with low-water marks: " + marks.size() + "; use larger segments");
    }
    marks.put(participant, lsn);
    changed = true;
    return true;
  }

  Map<LogParticipant, Long> all() {
    return marks;
  }

  boolean haveChanged() {
    return changed;
  }

  /** A copy, if they have changed since the last one. */
  @Nullable Map<LogParticipant, Long> takeChanged() {
    Map<LogParticipant, Long> copy = changed ? Map.copyOf(marks) : null;
    changed = false;
    return copy;
  }
}
