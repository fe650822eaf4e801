package org.quicksilver.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures what handles cost where there is much of something: two threads, deep stacks, tasks,
 * open handles; and what it costs to begin with.
 */
@Command(
    name = "handle-figures",
    mixinStandardHelpOptions = true,
    description =
        "Measures what the agent costs with threads, deep stacks, tasks, open handles, and at start.",
    exitCodeOnExecutionException = 10,
    footer = {
      "",
      "Exit codes: 0 every figure is as promised, 1 one is not, 2 usage, 10 failed.",
      "Handles in great number are locks on parts of files: a process gets too few descriptors.",
      "The home is in memory (/dev/shm) where there is some."
    })
public final class HandleFigures implements Callable<Integer> {

  /** Below it, JVMs that are not compiled alike differ more than with the agent and without. */
  private static final double ROUNDING = 0.005;

  /** What is promised of two of which one is to be no slower. */
  private static final double EQUAL = 1;

  /** So many times as many rounds where a hundredth counts. */
  private static final int FINE = 2;

  @Option(names = "--agent", required = true, description = "quicksilver.jar")
  private Path agent;

  @Option(names = "--rounds", defaultValue = "5", description = "rounds (default 5)")
  private int rounds;

  @Option(names = "--starts", defaultValue = "15", description = "starts (default 15)")
  private int starts;

  @Option(
      names = "--handles",
      defaultValue = "1000000",
      description = "how many are open at once (default 1000000)")
  private int handles;

  @Option(
      names = "--handle-rounds",
      defaultValue = "3",
      description = "rounds of those (default 3)")
  private int handleRounds;

  @Option(
      names = "--peer",
      description = "jar of another agent to measure beside, file-leak-detector for instance")
  private @Nullable Path peer;

  private boolean kept = true;

  private HandleFigures() {}

  /**
   * One line of the table; {@code promised} is the highest that is kept. Of two that are as fast
   * half of all runs say that the one is slower; so what promises that one is no slower than the
   * other ({@link #EQUAL}) is broken when every round says so.
   */
  private record Figure(
      String name, double promised, Row.Range off, Row.Range on, Row.@Nullable Range peer) {

    boolean isKept() {
      return isKept(off) && isKept(on);
    }

    private boolean isKept(Row.Range measured) {
      return (promised == EQUAL ? measured.lowest() : measured.median()) < promised + ROUNDING;
    }
  }

  /** The command. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new HandleFigures()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Path directory = Files.createTempDirectory(inMemory(), "qsb");
    Path home = directory.resolve("home");
    Process node = Java.node(agent, home, Map.of());
    System.out.printf(
        "%-52s %9s  %-24s %-24s %s%n", "figure", "promised", "stacks off", "on", "peer");
    try {
      measure(home);
    } finally {
      node.destroy();
      node.waitFor();
      Directories.delete(directory);
    }
    return kept ? 0 : 1;
  }

  /** A million handles leave half a gigabyte of breadcrumbs: the disk is not to be measured. */
  private static Path inMemory() {
    Path memory = Path.of("/dev/shm");
    return Files.isWritable(memory) ? memory : Path.of(System.getProperty("java.io.tmpdir"));
  }

  private void print(Figure figure) {
    kept &= figure.isKept();
    System.out.printf(
        "%-52s %9.4g  %-24s %-24s %s%s%n",
        figure.name,
        figure.promised,
        figure.off.text(),
        figure.on.text(),
        figure.peer == null ? "" : figure.peer.text(),
        figure.isKept() ? "" : " NOT KEPT");
  }

  private void measure(Path home) throws IOException, InterruptedException {
    for (Row row : new StartCosts(agent, home, starts).measure()) {
      double promised = row.unit().equals("ms") ? 120 : 25;
      String name = row.name() + ", " + row.unit() + " more";
      print(new Figure(name, promised, row.stackOff(), row.stackOn(), null));
    }
    HandleCosts costs = new HandleCosts(agent, home, peer, List.of(), rounds);
    HandleCosts precise = new HandleCosts(agent, home, peer, List.of(), FINE * rounds);
    List<HandleCosts.Compared> both = precise.compare(List.of("fileInputStream", "twoThreads"));
    Map<Variant, List<Double>> one = both.get(0).ratios();
    Map<Variant, List<Double>> two = both.get(1).ratios();
    add(
        "two threads to one, each relative to no agent",
        EQUAL,
        variant -> pairwise(two.get(variant), one.get(variant), (a, b) -> a / b));
    deep(costs);
    for (String loop : List.of("task", "taskOfRequest")) {
      Map<Variant, List<Double>> times = costs.compare(loop).times();
      String whose = loop.equals("task") ? "" : " of a request";
      add(
          "task" + whose + " through an executor, ns more",
          60,
          variant -> pairwise(times.get(variant), times.get(Variant.NONE), (a, b) -> a - b));
    }
    openHandles(home);
  }

  /** And what the JVM takes to walk so many frames, whoever asks it to: no agent takes less. */
  private void deep(HandleCosts costs) throws IOException {
    List<HandleCosts.Compared> deep =
        costs.compare(List.of("deepFileInputStream", "deepFileInputStreamAndStack"));
    add("open and close 100 frames deep, to no agent", 1.8, deep.get(0).ratios()::get);
    Row.Range walk =
        Row.Range.of(
            pairwise(
                deep.get(1).times().get(Variant.NONE),
                deep.get(0).times().get(Variant.NONE),
                (with, without) -> with / without));
    System.out.printf(
        "%-52s %9s  %-24s %s%n", "  no agent, but a Throwable made there", "", "", walk.text());
  }

  private interface Pairing {
    double of(double one, double other);
  }

  private static List<Double> pairwise(List<Double> ones, List<Double> others, Pairing pairing) {
    return IntStream.range(0, ones.size())
        .mapToObj(i -> pairing.of(ones.get(i), others.get(i)))
        .toList();
  }

  private void add(String name, double promised, Function<Variant, List<Double>> values) {
    print(
        new Figure(
            name,
            promised,
            Row.Range.of(values.apply(Variant.STACK_OFF)),
            Row.Range.of(values.apply(Variant.STACK_ON)),
            peer == null ? null : Row.Range.of(values.apply(Variant.PEER))));
  }

  /** No peer here: none tracks handles without a descriptor. */
  private void openHandles(Path home) throws IOException {
    Map<Variant, List<Many>> results = new EnumMap<>(Variant.class);
    for (int round = 0; round < handleRounds; round++) {
      for (Variant variant : Variant.with(null)) {
        System.err.println(handles + " open handles, " + variant);
        results
            .computeIfAbsent(variant, v -> new ArrayList<>())
            .add(many(variant.arguments(agent, home, null)));
      }
    }
    String number = "%,d open handles".formatted(handles);
    List<Double> none = values(results.get(Variant.NONE), Many::bytes);
    add(
        number + ", bytes of heap for each",
        300,
        variant ->
            pairwise(values(results.get(variant), Many::bytes), none, (a, b) -> (a - b) / handles));
    add(
        number + ", cost of the last tenth to the first",
        1.5,
        variant -> values(results.get(variant), many -> many.last / many.first));
  }

  /**
   * What one run told.
   *
   * @param first nanoseconds for one of the first tenth, without pauses
   * @param last the same of the last
   * @param pauses nanoseconds that the collector took, for one
   * @param bytes in the heap at the end
   */
  private record Many(double first, double last, double pauses, double bytes) {}

  private static List<Double> values(List<Many> runs, Function<Many, Double> value) {
    return runs.stream().map(value).toList();
  }

  /** The heap is there from the start, as large as it may become: that is not to be measured. */
  private Many many(List<String> arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(Java.command(), "-Xms2g", "-Xmx2g", HandleCosts.TOUCHED, "-XX:+UseParallelGC"));
    command.addAll(arguments);
    command.addAll(List.of("-cp", Java.ownClasses(), ManyHandles.class.getName(), "" + handles));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader out = process.inputReader()) {
      String line = out.readLine();
      if (line == null) {
        throw new IOException("the program under measurement failed");
      }
      System.err.println("  ns for one of the first tenth, of the last, of pauses; bytes: " + line);
      double[] words = Stream.of(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
      return new Many(words[0], words[1], words[2], words[3]);
    }
  }
}
