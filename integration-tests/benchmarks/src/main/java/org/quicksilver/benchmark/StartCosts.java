package org.quicksilver.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Start and end of an empty program as whole processes, in turn with the agent and without. */
final class StartCosts {

  private final Path agent;
  private final Path home;
  private final int runs;

  StartCosts(Path agent, Path home, int runs) {
    this.agent = agent;
    this.home = home;
    this.runs = runs;
  }

  /** Wall time in milliseconds and peak memory in MiB, both as differences to no agent. */
  List<Row> measure() throws IOException, InterruptedException {
    Map<Variant, List<Double>> times = new EnumMap<>(Variant.class);
    Map<Variant, List<Double>> peaks = new EnumMap<>(Variant.class);
    for (int run = -1; run < runs; run++) {
      for (Variant variant : Variant.with(null)) {
        double millis = millis(variant);
        double mebibytes = Double.parseDouble(output(variant, "peak").strip()) / 1024;
        if (run >= 0) {
          times.computeIfAbsent(variant, v -> new ArrayList<>()).add(millis);
          peaks.computeIfAbsent(variant, v -> new ArrayList<>()).add(mebibytes);
        }
      }
    }
    return List.of(
        differences("start of an empty program", "ms", times),
        differences("peak memory of an empty program", "MiB", peaks));
  }

  private static Row differences(String name, String unit, Map<Variant, List<Double>> values) {
    double none = Median.of(values.get(Variant.NONE));
    return new Row(
        name,
        unit,
        none,
        minus(values.get(Variant.STACK_OFF), none),
        minus(values.get(Variant.STACK_ON), none),
        null);
  }

  private static Row.Range minus(List<Double> values, double none) {
    return Row.Range.of(values.stream().map(value -> value - none).toList());
  }

  private double millis(Variant variant) throws IOException, InterruptedException {
    long began = System.nanoTime();
    output(variant);
    return (System.nanoTime() - began) / 1e6;
  }

  private String output(Variant variant, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Java.command()));
    command.addAll(variant.arguments(agent, home, null));
    command.addAll(List.of("-cp", Java.ownClasses(), EmptyProgram.class.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    if (process.waitFor() != 0) {
      throw new IOException("the empty program failed: " + String.join(" ", command));
    }
    return output;
  }
}
