package org.quicksilver.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Open and close, read and write, in forked JVMs with the agent and without, taken in turn so that
 * a slow minute hits all alike.
 */
final class HandleCosts {

  private final Path agent;
  private final Path home;
  private final int rounds;

  HandleCosts(Path agent, Path home, int rounds) {
    this.agent = agent;
    this.home = home;
    this.rounds = rounds;
  }

  /** One row for each benchmark, in alphabetical order. */
  List<Row> measure() throws RunnerException {
    Map<String, Map<Variant, List<Double>>> times = new TreeMap<>();
    for (int round = 1; round <= rounds; round++) {
      for (Variant variant : Variant.values()) {
        System.err.println("handles, round " + round + " of " + rounds + ": " + variant);
        for (RunResult result : run(variant)) {
          String method = result.getParams().getBenchmark().replaceAll(".*\\.", "");
          times
              .computeIfAbsent(method, name -> new EnumMap<>(Variant.class))
              .computeIfAbsent(variant, v -> new ArrayList<>())
              .add(result.getPrimaryResult().getScore());
        }
      }
    }
    return times.entrySet().stream().map(e -> Row.of(e.getKey(), e.getValue())).toList();
  }

  private Iterable<RunResult> run(Variant variant) throws RunnerException {
    return new Runner(
            new OptionsBuilder()
                .include(HandleBenchmark.class.getName())
                .forks(1)
                .warmupIterations(3)
                .warmupTime(TimeValue.milliseconds(700))
                .measurementIterations(5)
                .measurementTime(TimeValue.milliseconds(500))
                .verbosity(VerboseMode.SILENT)
                .jvmArgsAppend(variant.arguments(agent, home).toArray(new String[0]))
                .build())
        .run();
  }
}
