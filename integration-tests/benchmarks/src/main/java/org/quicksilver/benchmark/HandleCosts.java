package org.quicksilver.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Open and close, read and write, in JVMs with the agent and without that live side by side and run
 * in turn, a twentieth of a second each.
 *
 * <p>A machine shared with others is slow for seconds or minutes at a time; whoever measures one
 * JVM after the other measures that. Here a ratio is of two slices next to each other, the figure
 * of a round is the median of its slices, and each round has new JVMs, because no two are compiled
 * alike. It begins when the compilers have nothing left to do.
 */
final class HandleCosts {

  /**
   * All of the heap is there from the beginning: to touch a page of it for the first time costs as
   * much as ten system calls on some machines, and who allocates more would pay that more often
   * until all have been touched once.
   */
  static final String TOUCHED = "-XX:+AlwaysPreTouch";

  private static final int SLICE_MILLIS = 50;
  private static final int SLICES = 60;

  private final Path agent;
  private final Path home;
  private final @Nullable Path peer;
  private final List<String> loops;
  private final int rounds;

  HandleCosts(Path agent, Path home, @Nullable Path peer, List<String> loops, int rounds) {
    this.agent = agent;
    this.home = home;
    this.peer = peer;
    this.loops = loops;
    this.rounds = rounds;
  }

  /** One JVM under measurement. */
  private record Program(Process process, PrintStream questions, BufferedReader answers)
      implements AutoCloseable {

    static Program start(List<String> arguments) throws IOException {
      List<String> command = new ArrayList<>(List.of(Java.command(), TOUCHED));
      command.addAll(arguments);
      command.addAll(List.of("-cp", Java.ownClasses(), HandleLoops.class.getName()));
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      return new Program(
          process,
          new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII),
          process.inputReader(StandardCharsets.US_ASCII));
    }

    /** Nanoseconds for one turn of a loop. */
    double nanos(String loop, int millis) throws IOException {
      return ask(loop + " " + millis);
    }

    void warmUp(String loop) throws IOException {
      ask(loop + " warm");
    }

    private double ask(String question) throws IOException {
      questions.println(question);
      String answer = answers.readLine();
      if (answer == null) {
        throw new IOException("the program under measurement ended");
      }
      return Double.parseDouble(answer);
    }

    @Override
    public void close() throws IOException {
      questions.close();
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * What came out for one loop, a figure for each round.
   *
   * @param times nanoseconds of a turn
   * @param ratios to no agent
   */
  record Compared(Map<Variant, List<Double>> times, Map<Variant, List<Double>> ratios) {

    private Compared() {
      this(new EnumMap<>(Variant.class), new EnumMap<>(Variant.class));
    }

    private void add(Map<Variant, List<Double>> slices) {
      List<Double> none = slices.get(Variant.NONE);
      slices.forEach(
          (variant, with) -> {
            times.computeIfAbsent(variant, v -> new ArrayList<>()).add(Median.of(with));
            ratios
                .computeIfAbsent(variant, v -> new ArrayList<>())
                .add(Median.ofRatios(with, none));
          });
    }
  }

  /** Measures one loop, in new JVMs for each round. */
  Compared compare(String loop) throws IOException {
    return compare(List.of(loop)).get(0);
  }

  /**
   * Measures several loops that are to be compared with one another: they run in the same JVMs, in
   * turn.
   *
   * @return what came out for each, in their order
   */
  List<Compared> compare(List<String> together) throws IOException {
    List<Compared> compared = new ArrayList<>();
    together.forEach(loop -> compared.add(new Compared()));
    for (int round = 1; round <= rounds; round++) {
      System.err.println(String.join(" and ", together) + ", round " + round + " of " + rounds);
      List<Map<Variant, List<Double>>> slices = round(together);
      for (int i = 0; i < together.size(); i++) {
        compared.get(i).add(slices.get(i));
      }
    }
    return compared;
  }

  /** One row for each loop. */
  List<Row> measure() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String loop : loops) {
      Compared compared = compare(loop);
      Map<Variant, List<Double>> times = compared.times;
      Map<Variant, List<Double>> ratios = compared.ratios;
      rows.add(
          new Row(
              loop,
              "ns",
              Median.of(times.get(Variant.NONE)),
              Row.Range.of(ratios.get(Variant.STACK_OFF)),
              Row.Range.of(ratios.get(Variant.STACK_ON)),
              peer == null ? null : Row.Range.of(ratios.get(Variant.PEER))));
    }
    return rows;
  }

  private List<Map<Variant, List<Double>>> round(List<String> together) throws IOException {
    Map<Variant, Program> programs = new EnumMap<>(Variant.class);
    try {
      for (Variant variant : Variant.with(peer)) {
        Program program = Program.start(variant.arguments(agent, home, peer));
        programs.put(variant, program);
        for (String loop : together) {
          program.warmUp(loop);
        }
      }
      return slices(together, programs);
    } finally {
      for (Program program : programs.values()) {
        program.close();
      }
    }
  }

  /** In an order that turns, so that none always comes after the same one. */
  private static List<Map<Variant, List<Double>>> slices(
      List<String> together, Map<Variant, Program> programs) throws IOException {
    List<Map<Variant, List<Double>>> slices = new ArrayList<>();
    together.forEach(loop -> slices.add(new EnumMap<>(Variant.class)));
    List<Variant> order = new ArrayList<>(programs.keySet());
    for (int slice = 0; slice < SLICES; slice++) {
      for (int i = 0; i < together.size(); i++) {
        for (Variant variant : order) {
          double nanos = programs.get(variant).nanos(together.get(i), SLICE_MILLIS);
          slices.get(i).computeIfAbsent(variant, v -> new ArrayList<>()).add(nanos);
        }
      }
      Collections.shuffle(order);
    }
    return slices;
  }
}
