package org.quicksilver.benchmark.memory;

import java.util.Locale;

/**
 * What a figure may be.
 *
 * @param lowest at least that
 * @param highest at most that
 */
record Bound(double lowest, double highest) {

  static Bound atLeast(double figure) {
    return new Bound(figure, Double.POSITIVE_INFINITY);
  }

  static Bound atMost(double figure) {
    return new Bound(0, figure);
  }

  boolean isKept(double figure) {
    return figure >= lowest && figure <= highest;
  }

  @Override
  public String toString() {
    return lowest > 0
        ? String.format(Locale.ROOT, ">= %.4g", lowest)
        : String.format(Locale.ROOT, "<= %.4g", highest);
  }
}
