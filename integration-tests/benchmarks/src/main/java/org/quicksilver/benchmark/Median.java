package org.quicksilver.benchmark;

import java.util.List;
import java.util.stream.IntStream;

/** What counts of several rounds: neither the best nor the worst. */
public final class Median {

  private Median() {}

  /** Of at least one value. */
  public static double of(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** Of what the ones are to the others, round by round. */
  public static double ofRatios(List<Double> over, List<Double> under) {
    return of(IntStream.range(0, under.size()).mapToObj(i -> over.get(i) / under.get(i)).toList());
  }
}
