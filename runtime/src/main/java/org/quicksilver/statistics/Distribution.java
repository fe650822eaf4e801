package org.quicksilver.statistics;

import org.HdrHistogram.Histogram;

/**
 * Values that were measured, kept as a histogram that is exact to one per cent, whatever their
 * size. Starts with a kilobyte or two and grows with the range of the values. Thread-safe; lost
 * with the process.
 */
public final class Distribution {

  private static final int SIGNIFICANT_DIGITS = 2;

  private final Histogram histogram = new Histogram(SIGNIFICANT_DIGITS);

  /** An empty one. */
  public Distribution() {}

  /** Enters a value; a negative one, left by a clock that was set back, counts as 0. */
  public synchronized void add(long value) {
    histogram.recordValue(Math.max(0, value));
  }

  /** What has been entered so far. */
  public synchronized Summary summary() {
    return histogram.getTotalCount() == 0
        ? Summary.EMPTY
        : new Summary(
            histogram.getTotalCount(),
            histogram.getMean(),
            histogram.getValueAtPercentile(50),
            histogram.getValueAtPercentile(90),
            histogram.getValueAtPercentile(99),
            histogram.getMaxValue());
  }
}
