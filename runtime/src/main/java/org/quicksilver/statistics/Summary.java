package org.quicksilver.statistics;

/**
 * A {@link Distribution} in a few figures, in the unit of its values.
 *
 * @param count how many values
 * @param mean their mean
 * @param p50 no more than this: one half of them
 * @param p90 no more than this: 90 % of them
 * @param p99 no more than this: 99 % of them
 * @param max the greatest
 */
public record Summary(long count, double mean, long p50, long p90, long p99, long max) {

  /** Of no values. */
  public static final Summary EMPTY = new Summary(0, 0, 0, 0, 0, 0);
}
