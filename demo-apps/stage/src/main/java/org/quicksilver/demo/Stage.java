package org.quicksilver.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs the demo. Exit code 0: all was as promised; 1: it was not, or the demo could not be run; 2:
 * wrong arguments.
 */
@Command(
    name = "stage",
    description = {
      "Kills the clients of four legacy servers, once with Quicksilver's agent in",
      "every JVM and once without, and shows what the servers still hold for them."
    })
public final class Stage implements Callable<Integer> {
  private enum Runs {
    both,
    with,
    without
  }

  @Option(
      names = "--quicksilver",
      required = true,
      paramLabel = "JAR",
      description = "quicksilver.jar")
  private Path quicksilverJar = Path.of("");

  @Option(
      names = "--legacy",
      required = true,
      paramLabel = "JAR",
      description = "the legacy programs")
  private Path legacyJar = Path.of("");

  @Option(
      names = "--run",
      paramLabel = "both|with|without",
      description = "with the agent, without it, or one after the other (default)")
  private Runs runs = Runs.both;

  @Option(
      names = "--watch",
      paramLabel = "SECONDS",
      description = "how long to watch that nothing happens without the agent (default: 5)")
  private int watchSeconds = 5;

  @Option(
      names = "--keep",
      description = "keep the temporary directory: files, node's home, output")
  private boolean keep;

  @Option(names = "--verbose", description = "show commands and what every program prints")
  private boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this and exit")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean help;

  /** Runs the demo and ends the JVM with its exit code. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Stage()).execute(args));
  }

  /** Runs the demo and returns the exit code. */
  @Override
  public Integer call() {
    Report report = new Report(verbose);
    try {
      if (!Files.isDirectory(Path.of("/proc/self/fd"))) {
        throw new DemoException("the demo looks into /proc/PID/fd: it needs Linux");
      }
      Programs.require(legacyJar);
      if (runs != Runs.without) {
        Programs.require(quicksilverJar);
      }
      return perform(report) ? 0 : 1;
    } catch (DemoException e) {
      report.error(String.valueOf(e.getMessage()));
      return 1;
    }
  }

  private boolean perform(Report report) {
    Workspace workspace = Workspace.open(keep, report);
    try (workspace) {
      Optional<Display> display = Display.find(workspace, report);
      Optional<Observation> with =
          runs == Runs.without
              ? Optional.empty()
              : Optional.of(withAgent(workspace, display, report));
      Optional<Observation> without =
          runs == Runs.with
              ? Optional.empty()
              : Optional.of(withoutAgent(workspace, display, report));
      return verdict(new Comparison(with, without, report), report);
    } catch (DemoException e) {
      // By now the workspace is closed.
      throw workspace.isShuttingDown() ? new DemoException("interrupted") : e;
    }
  }

  private Observation withAgent(Workspace workspace, Optional<Display> display, Report report) {
    Path jar = Programs.require(quicksilverJar);
    Quicksilver quicksilver = new Quicksilver(jar, workspace.directory("home"), workspace);
    Programs programs =
        new Programs(Programs.require(legacyJar), Optional.of(quicksilver.javaAgent()));
    Cast cast = new Cast(workspace, programs, workspace.directory("with"), display);
    return perform(new RunWithAgent(quicksilver, cast, report), workspace, report);
  }

  private Observation withoutAgent(Workspace workspace, Optional<Display> display, Report report) {
    Programs programs = new Programs(Programs.require(legacyJar), Optional.empty());
    Cast cast = new Cast(workspace, programs, workspace.directory("without"), display);
    Duration watch = Duration.ofSeconds(watchSeconds);
    return perform(new RunWithoutAgent(cast, watch, report), workspace, report);
  }

  private static Observation perform(Run run, Workspace workspace, Report report) {
    report.heading(run.title());
    int running = workspace.running();
    try {
      return run.perform();
    } finally {
      workspace.stopDownTo(running);
    }
  }

  private static boolean verdict(Comparison comparison, Report report) {
    report.heading("Side by side");
    comparison.show();
    List<String> broken = comparison.brokenPromises();
    report.line("");
    if (broken.isEmpty()) {
      report.line("As promised: %s.", comparison.summary());
    }
    broken.forEach(promise -> report.error("NOT AS PROMISED: " + promise));
    return broken.isEmpty();
  }
}
