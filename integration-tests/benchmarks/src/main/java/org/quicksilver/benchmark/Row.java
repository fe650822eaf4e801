package org.quicksilver.benchmark;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One figure of the table.
 *
 * @param name what was measured
 * @param unit of {@code without}
 * @param without median without the agent
 * @param stackOff median ratio with the agent without stacks, round by round; or the difference
 *     where that is promised
 * @param stackOn the same with stacks
 */
record Row(String name, String unit, double without, double stackOff, double stackOn) {

  static Row of(String name, Map<Variant, List<Double>> times) {
    List<Double> none = times.get(Variant.NONE);
    return new Row(
        name,
        "ns",
        median(none),
        ratio(times.get(Variant.STACK_OFF), none),
        ratio(times.get(Variant.STACK_ON), none));
  }

  private static double ratio(List<Double> with, List<Double> without) {
    return median(
        IntStream.range(0, without.size()).mapToObj(i -> with.get(i) / without.get(i)).toList());
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
