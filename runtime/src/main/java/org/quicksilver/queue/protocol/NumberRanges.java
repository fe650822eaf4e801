package org.quicksilver.queue.protocol;

import java.util.Map;
import java.util.TreeMap;

/**
 * A set of numbers, as ranges: numbers that follow one another take the room of one. Not
 * thread-safe.
 */
final class NumberRanges {

  static final long[] NONE = new long[0];

  /** First of each range, to its last. */
  private final TreeMap<Long, Long> ranges = new TreeMap<>();

  boolean contains(long number) {
    Map.Entry<Long, Long> range = ranges.floorEntry(number);
    return range != null && number <= range.getValue();
  }

  void add(long number) {
    if (contains(number)) {
      return;
    }
    long first = number;
    long last = number;
    Map.Entry<Long, Long> before = ranges.floorEntry(number);
    if (before != null && before.getValue() == number - 1) {
      first = before.getKey();
    }
    Long after = ranges.remove(number + 1);
    if (after != null) {
      last = after;
    }
    ranges.put(first, last);
  }

  /** Forgets every number below this one. */
  void removeBelow(long number) {
    while (!ranges.isEmpty() && ranges.firstKey() < number) {
      Map.Entry<Long, Long> first = ranges.pollFirstEntry();
      if (first.getValue() >= number) {
        ranges.put(number, first.getValue());
      }
    }
  }

  int size() {
    return ranges.size();
  }
}
