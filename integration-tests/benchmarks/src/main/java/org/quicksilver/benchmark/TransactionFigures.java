package org.quicksilver.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures what transactions cost, beside Narayana and beside the disk, and what is promised. */
@Command(
    name = "figures transactions",
    mixinStandardHelpOptions = true,
    description = "Measures begin and commit beside Narayana, and beside the disk's own force.",
    exitCodeOnExecutionException = 10,
    footer = {
      "",
      "Exit codes: 0 every figure is as promised, 1 one is not, 2 usage, 10 failed.",
      "Files are made in the working directory: it should be on the disk to be measured."
    })
public final class TransactionFigures implements Callable<Integer> {

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "rounds, each with new JVMs; the median counts (default 3)")
  private int rounds;

  @Option(
      names = "--seconds",
      defaultValue = "3",
      description = "measurement of each, seconds, after three times as long (default 3)")
  private int seconds;

  @Option(names = "--agent", required = true, description = "quicksilver.jar")
  private Path agent;

  @Option(
      names = "--only",
      split = ",",
      defaultValue = "volatile,forced,live,tree",
      description = "what to measure (default: ${DEFAULT-VALUE})")
  private Set<String> only;

  @Option(
      names = "--trees",
      defaultValue = "20000",
      description = "transactions over three nodes, after as many to warm up (default 20000)")
  private int trees;

  private boolean kept = true;

  private TransactionFigures() {}

  /** The command. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new TransactionFigures()).execute(arguments));
  }

  /** One benchmark with its parameters. */
  private record Run(Class<?> benchmark, String parameter, String value, int threads) {
    Run with(int count) {
      return new Run(benchmark, parameter, value, count);
    }
  }

  private static final Run VOLATILE = new Run(LocalCommits.class, "vote", "VOLATILE", 1);
  private static final Run FORCED = new Run(LocalCommits.class, "vote", "RECOVERABLE", 1);
  private static final Run FLOOR = new Run(Forces.class, "", "", 1);

  private static Run narayana(NarayanaCommits.Store store, int threads) {
    return new Run(NarayanaCommits.class, "store", store.name(), threads);
  }

  @Override
  public Integer call() throws RunnerException, IOException {
    heading();
    if (only.contains("volatile")) {
      volatileCommits();
    }
    if (only.contains("forced")) {
      forcedCommits();
    }
    if (only.contains("live")) {
      liveTransactions();
    }
    if (only.contains("tree")) {
      tree();
    }
    return kept ? 0 : 1;
  }

  private void volatileCommits() throws RunnerException {
    for (int threads : new int[] {1, 8}) {
      atLeast(
          "two volatile, " + threads + " thread(s), commits/s",
          3,
          VOLATILE.with(threads),
          narayana(NarayanaCommits.Store.VOLATILE, threads));
    }
  }

  private void forcedCommits() throws RunnerException {
    atLeast("two recoverable, 1 thread, commits/s to forces/s", 0.8, FORCED, FLOOR);
    atLeast(
        "two recoverable, 16 threads, commits/s",
        5,
        FORCED.with(16),
        narayana(NarayanaCommits.Store.FILE, 16),
        narayana(NarayanaCommits.Store.JOURNAL, 16));
  }

  private void liveTransactions() throws RunnerException {
    flat(
        "us/commit, 100,000 live to 100",
        new Run(LocalCommits.class, "live", "100000", 1),
        1,
        new Run(LocalCommits.class, "live", "100", 1),
        1);
    flat(
        "us/subordinate, 10,000 of one root to 100",
        new Run(Subordinates.class, "subordinates", "10000", 1),
        10_000,
        new Run(Subordinates.class, "subordinates", "100", 1),
        100);
    double bytes = LiveTransactions.bytesEach(100_000);
    row("bytes/live transaction, 100,000 live", bytes, 0, bytes, "< 1024", bytes < 1024);
  }

  private void tree() throws IOException {
    Path directory = Files.createTempDirectory(Path.of("."), "nodes");
    try (TreeLatency latency = new TreeLatency(agent, directory)) {
      double micros = Median.of(latency.measure(trees));
      row("us/tree of three nodes, begin to ended", micros, 0, micros, "< 300", micros < 300);
    } finally {
      Directories.delete(directory);
    }
  }

  /** Ours to the best of the peers, in rounds, all in turn. */
  private void atLeast(String name, double promised, Run ours, Run... peers)
      throws RunnerException {
    List<Double> scores = new ArrayList<>();
    List<Double> best = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      scores.add(perSecond(ours));
      double highest = 0;
      for (Run peer : peers) {
        highest = Math.max(highest, perSecond(peer));
      }
      best.add(highest);
    }
    double ratio = Median.ofRatios(scores, best);
    row(name, Median.of(scores), Median.of(best), ratio, ">= " + promised, ratio >= promised);
  }

  /** Microseconds of the many to those of the few, each shared among as many as it has. */
  private void flat(String name, Run many, int ofMany, Run few, int ofFew) throws RunnerException {
    List<Double> large = new ArrayList<>();
    List<Double> small = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      large.add(1e6 / perSecond(many) / ofMany);
      small.add(1e6 / perSecond(few) / ofFew);
    }
    double ratio = Median.ofRatios(large, small);
    row(name, Median.of(large), Median.of(small), ratio, "<= 2", ratio <= 2);
  }

  private double perSecond(Run run) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(run.benchmark.getName() + "\\.")
            .mode(Mode.Throughput)
            .threads(run.threads)
            .forks(1)
            // Many threads leave the compiler little of two processors.
            .warmupIterations(3 * seconds)
            .measurementIterations(seconds)
            .warmupTime(TimeValue.seconds(1))
            .measurementTime(TimeValue.seconds(1))
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true);
    if (!run.parameter.isEmpty()) {
      options.param(run.parameter, run.value);
    }
    if (run.parameter.equals("live")) {
      options.param("vote", "VOLATILE");
    }
    return new Runner(options.build()).runSingle().getPrimaryResult().getScore();
  }

  private static void heading() {
    System.out.printf("%-52s %12s %12s %9s  %s%n", "figure", "ours", "theirs", "ratio", "promised");
  }

  private void row(
      String name, double ours, double theirs, double ratio, String promised, boolean isKept) {
    kept &= isKept;
    System.out.printf(
        Locale.ROOT,
        "%-52s %12.4g %12.4g %9.3g  %s%s%n",
        name,
        ours,
        theirs,
        ratio,
        promised,
        isKept ? "" : "  NOT KEPT");
  }
}
