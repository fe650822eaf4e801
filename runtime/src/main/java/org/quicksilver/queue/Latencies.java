package org.quicksilver.queue;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long requests were served: counts by size, eight to each doubling, so that a value read from
 * it is at most an eighth too large. Thread-safe.
 */
final class Latencies {

  private static final int STEPS = 8;

  private final AtomicLongArray counts = new AtomicLongArray(64 * STEPS);

  void add(long nanos) {
    counts.getAndIncrement(index(Math.max(nanos, 1)));
  }

  private static int index(long nanos) {
    int doubling = 63 - Long.numberOfLeadingZeros(nanos);
    int step = doubling < 3 ? 0 : (int) (nanos >>> (doubling - 3)) & (STEPS - 1);
    return doubling * STEPS + step;
  }

  private static long upperEnd(int index) {
    int doubling = index / STEPS;
    long width = doubling < 3 ? 1L << doubling : 1L << (doubling - 3);
    return (1L << doubling) + (doubling < 3 ? 1 : index % STEPS + 1) * width - 1;
  }

  /**
   * Nanoseconds that so large a part was not above; 0 if there was none.
   *
   * @param part 0 to 1
   */
  long at(double part) {
    long total = 0;
    for (int i = 0; i < counts.length(); i++) {
      total += counts.get(i);
    }
    long left = Math.max(1, Math.round(total * part));
    for (int i = 0; i < counts.length(); i++) {
      left -= counts.get(i);
      if (left <= 0 && total > 0) {
        return upperEnd(i);
      }
    }
    return 0;
  }
}
