package org.quicksilver.benchmark.memory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.quicksilver.benchmark.Directories;
import org.quicksilver.benchmark.Median;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures recoverable memory beside its peers and the floor, and what is promised of it. */
@Command(
    name = "figures memory",
    mixinStandardHelpOptions = true,
    description = {
      "Measures commits of four ranges of 64 bytes with both engines, beside LMDB, RocksDB, MVStore",
      "and the Artemis journal and beside what the machine itself needs; then recovery of a log.",
      "All take turns, a round each, in JVMs of their own; the median of the rounds counts."
    },
    exitCodeOnExecutionException = 10,
    footer = {
      "",
      "Exit codes: 0 every figure is as promised, 1 one is not, 2 usage, 10 failed.",
      "Files are made in the working directory: it should be on the disk to be measured."
    })
public final class MemoryFigures implements Callable<Integer> {

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "rounds, each with new JVMs; the median counts (default 3)")
  private int rounds;

  @Option(
      names = "--seconds",
      defaultValue = "2",
      description = "warm-up and measurement of each, seconds (default 2)")
  private int seconds;

  @Option(
      names = "--only",
      split = ",",
      description = "promises to measure, of ${COMPLETION-CANDIDATES} (default: all)")
  private Set<Promise.Topic> only = EnumSet.allOf(Promise.Topic.class);

  @Option(
      names = "--log",
      defaultValue = "1024",
      description = "MiB of the log to be recovered (default 1024)")
  private long logMebibytes;

  private final Map<Subject, List<Double>> micros = new LinkedHashMap<>();
  private boolean kept = true;

  private MemoryFigures() {}

  /** The command. */
  public static void main(String[] arguments) {
    CommandLine command = new CommandLine(new MemoryFigures());
    System.exit(command.setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    List<Promise> promises = Promise.all().stream().filter(p -> only.contains(p.topic())).toList();
    promises.forEach(promise -> promise.subjects().forEach(this::add));
    if (only.contains(Promise.Topic.PEERS)) {
      Subject.peers().forEach(this::add);
    }
    for (int round = 0; round < rounds; round++) {
      for (Map.Entry<Subject, List<Double>> each : micros.entrySet()) {
        each.getValue().add(microsOf(each.getKey()));
      }
    }
    if (!micros.isEmpty()) {
      table();
    }
    promises.forEach(promise -> verdict(promise.what(), promise.figure(micros), promise.bound()));
    if (only.contains(Promise.Topic.RECOVERY)) {
      recovery();
    }
    return kept ? 0 : 1;
  }

  private void add(Subject subject) {
    micros.putIfAbsent(subject, new ArrayList<>());
  }

  private double microsOf(Subject subject) throws RunnerException {
    double perSecond =
        new Runner(
                new OptionsBuilder()
                    .include(MemoryCommits.class.getName() + "\\.")
                    .param("entrant", subject.entrant().name())
                    .mode(Mode.Throughput)
                    .threads(subject.threads())
                    .forks(1)
                    .warmupIterations(seconds)
                    .measurementIterations(seconds)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementTime(TimeValue.seconds(1))
                    .verbosity(VerboseMode.SILENT)
                    .shouldFailOnError(true)
                    .build())
            .runSingle()
            .getPrimaryResult()
            .getScore();
    return 1e6 / perSecond;
  }

  private void table() {
    System.out.printf(
        Locale.ROOT, "%-48s %12s %12s%n", "four ranges of 64 bytes, us a commit", "median", "best");
    micros.forEach(
        (subject, all) ->
            System.out.printf(
                Locale.ROOT,
                "%-48s %12.3f %12.3f%n",
                subject,
                Median.of(all),
                all.stream().mapToDouble(each -> each).min().orElse(Double.NaN)));
    System.out.println();
  }

  private void recovery() throws Exception {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      RecoverySpeed speed = recovered();
      ratios.add(speed.recoverMillis() / speed.readMillis());
      System.out.printf(
          Locale.ROOT,
          "log of %d MiB, %d records: read in %.0f ms, recovered in %.0f ms%n",
          logMebibytes,
          speed.records(),
          speed.readMillis(),
          speed.recoverMillis());
    }
    verdict("time of recovery / of reading the log", Median.of(ratios), Bound.atMost(2));
  }

  private RecoverySpeed recovered() throws Exception {
    Path own = Files.createTempDirectory(Path.of("."), "recovery").toAbsolutePath();
    try {
      return RecoverySpeed.measure(own, logMebibytes << 20);
    } finally {
      Directories.delete(own);
    }
  }

  private void verdict(String what, double figure, Bound bound) {
    kept &= bound.isKept(figure);
    System.out.printf(
        Locale.ROOT,
        "%-56s %9.3f  promised %s%s%n",
        what,
        figure,
        bound,
        bound.isKept(figure) ? "" : "  NOT KEPT");
  }
}
