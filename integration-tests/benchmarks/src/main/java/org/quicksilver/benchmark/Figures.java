package org.quicksilver.benchmark;

import com.google.gson.GsonBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures everything the README quotes and holds it against what is promised. */
@Command(
    name = "figures",
    mixinStandardHelpOptions = true,
    description = "Measures what the agent costs and how fast orphans are given back.",
    exitCodeOnExecutionException = 10,
    footer = {
      "",
      "Exit codes: 0 every figure is as promised, 1 one is not, 2 usage, 10 failed.",
      "Times are of this machine and this hour; the ratios carry over."
    })
public final class Figures implements Callable<Integer> {

  /** What is promised: ratios to no agent, differences for the start, milliseconds for the kill. */
  private record Promise(double stackOff, double stackOn) {}

  private static final Map<String, Promise> PROMISES =
      Map.of(
          "fileInputStream", new Promise(1.15, 1.5),
          "fileChannel", new Promise(1.15, 1.5),
          "socketConnect", new Promise(1.10, 1.10),
          "channelRead", new Promise(1.03, 1.03),
          "channelWrite", new Promise(1.03, 1.03),
          "streamRead", new Promise(1.03, 1.03),
          "socketRoundTrip", new Promise(1.03, 1.03),
          "start of an empty program", new Promise(250, 250),
          "peak memory of an empty program", new Promise(40, 40),
          "kill to last handle of the third server", new Promise(25, 25));

  @Option(names = "--agent", required = true, description = "quicksilver.jar")
  private Path agent;

  @Option(names = "--legacy", required = true, description = "jar of the legacy demo programs")
  private Path legacy;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "rounds, each with new JVMs (default 5)")
  private int rounds;

  @Option(
      names = "--peer",
      description = "jar of another agent to measure beside, file-leak-detector for instance")
  private @Nullable Path peer;

  @Option(
      names = "--loops",
      split = ",",
      defaultValue =
          "fileInputStream,fileChannel,socketConnect,channelRead,channelWrite,streamRead,socketRoundTrip",
      description = "what to do with handles (default: ${DEFAULT-VALUE})")
  private List<String> loops;

  @Option(names = "--starts", defaultValue = "15", description = "starts (default 15)")
  private int starts;

  @Option(names = "--kills", defaultValue = "15", description = "kills (default 15)")
  private int kills;

  @Option(
      names = "--only",
      split = ",",
      defaultValue = "start,kill,handles",
      description = "what to measure: start, kill, handles")
  private List<String> only;

  @Option(names = "--json", description = "print JSON")
  private boolean json;

  private Figures() {}

  /** The command. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Figures()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Path home = Files.createTempDirectory("qsb");
    Process node = Java.node(agent, home.resolve("home"), Map.of());
    try {
      List<Row> rows = measure(home);
      boolean kept = print(rows);
      return kept ? 0 : 1;
    } finally {
      node.destroy();
      node.waitFor();
      Directories.delete(home);
    }
  }

  private List<Row> measure(Path directory) throws Exception {
    Path home = directory.resolve("home");
    List<Row> rows = new ArrayList<>();
    if (only.contains("start")) {
      rows.addAll(new StartCosts(agent, home, starts).measure());
    }
    if (only.contains("kill")) {
      try (KillLatency latency = new KillLatency(agent, legacy, home, directory.resolve("files"))) {
        Row.Range millis = Row.Range.of(latency.measure(kills));
        rows.add(new Row("kill to last handle of the third server", "ms", 0, null, millis, null));
      }
    }
    if (only.contains("handles")) {
      rows.addAll(new HandleCosts(agent, home, peer, loops, rounds).measure());
    }
    return rows;
  }

  private boolean print(List<Row> rows) {
    boolean kept = true;
    for (Row row : rows) {
      kept &= keeps(row);
    }
    if (json) {
      System.out.println(new GsonBuilder().setPrettyPrinting().create().toJson(rows));
      return kept;
    }
    System.out.printf(
        "%-40s %10s  %-27s %-27s %s%n",
        "figure", "no agent", "stacks off (promised)", "stacks on (promised)", "peer");
    for (Row row : rows) {
      Promise promise = PROMISES.get(row.name());
      System.out.printf(
          "%-40s %7.1f %-3s %-27s %-27s %s %s%n",
          row.name(),
          row.without(),
          row.unit(),
          text(row.stackOff(), promise.stackOff),
          text(row.stackOn(), promise.stackOn),
          row.peer() == null ? "" : text(row.peer(), Double.NaN),
          keeps(row) ? "" : "NOT KEPT");
    }
    return kept;
  }

  private static boolean keeps(Row row) {
    Promise promise = PROMISES.get(row.name());
    return row.stackOn().median() <= promise.stackOn
        && (row.stackOff() == null || row.stackOff().median() <= promise.stackOff);
  }

  private static String text(Row.@Nullable Range range, double promise) {
    if (range == null) {
      return "";
    }
    String figure = range.text();
    return Double.isNaN(promise) ? figure : figure + " (%.4g)".formatted(promise);
  }
}
