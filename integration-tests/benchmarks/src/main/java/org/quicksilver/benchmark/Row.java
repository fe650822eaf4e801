package org.quicksilver.benchmark;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One figure of the table.
 *
 * @param name what was measured
 * @param unit of {@code without}
 * @param without median without the agent
 * @param stackOff with the agent without stacks: ratio, or the difference where that is promised;
 *     null where stacks make no difference
 * @param stackOn the same with stacks
 * @param peer the same with another agent, if one was named
 */
record Row(
    String name,
    String unit,
    double without,
    @Nullable Range stackOff,
    Range stackOn,
    @Nullable Range peer) {

  /** A figure with the lowest and the highest of the rounds it is the median of. */
  record Range(double median, double lowest, double highest) {

    static Range of(List<Double> values) {
      return new Range(
          Median.of(values),
          values.stream().mapToDouble(v -> v).min().orElse(0),
          values.stream().mapToDouble(v -> v).max().orElse(0));
    }

    /** As the tables have it. */
    String text() {
      return "%.3g [%.3g, %.3g]".formatted(median, lowest, highest);
    }
  }
}
