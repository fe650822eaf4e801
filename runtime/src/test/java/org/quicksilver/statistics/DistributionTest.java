package org.quicksilver.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class DistributionTest {

  private final Distribution distribution = new Distribution();

  @Test
  void withoutValuesEveryFigureIsZero() {
    assertEquals(Summary.EMPTY, distribution.summary());
  }

  @Test
  void percentilesAreExactToOnePerCent() {
    for (int value = 1; value <= 10_000; value++) {
      distribution.add(value);
    }
    Summary summary = distribution.summary();
    assertEquals(10_000, summary.count());
    assertEquals(5000, summary.mean(), 50);
    assertEquals(5000, summary.p50(), 50);
    assertEquals(9000, summary.p90(), 90);
    assertEquals(9900, summary.p99(), 99);
    assertEquals(10_000, summary.max(), 100);
  }

  @Test
  void rangeGrowsWithTheValues() {
    distribution.add(1);
    distribution.add(Long.MAX_VALUE / 2);
    assertEquals(Long.MAX_VALUE / 2.0, distribution.summary().max(), Long.MAX_VALUE / 100.0);
  }

  @Test
  void negativeValuesCountAsZero() {
    distribution.add(-7);
    assertEquals(new Summary(1, 0, 0, 0, 0, 0), distribution.summary());
  }
}
