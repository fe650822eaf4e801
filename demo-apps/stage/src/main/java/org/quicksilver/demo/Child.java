package org.quicksilver.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process of the demo. Its standard output is kept line by line, its standard error goes to a
 * file.
 *
 * <p>Thread-safe: one thread reads the output, any may ask for it.
 */
final class Child {
  /** What {@code waitFor} reports of a process that SIGKILL ended: 128 and the signal's number. */
  private static final int KILLED = 128 + 9;

  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(3);
  private static final Duration PAUSE = Duration.ofMillis(10);

  private final String name;
  private final Process process;
  private final Path errors;
  private final Report report;
  private final List<String> lines = new ArrayList<>();
  private final Thread reader;

  private Child(String name, Process process, Path errors, Report report) {
    this.name = name;
    this.process = process;
    this.errors = errors;
    this.report = report;
    this.reader = new Thread(this::read, "output of " + name);
  }

  static Child start(
      String name,
      List<String> command,
      Map<String, String> environment,
      Path errors,
      Report report) {
    report.detail("%s: %s", name, String.join(" ", command));
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().putAll(environment);
    try {
      Child child = new Child(name, builder.start(), errors, report);
      child.reader.setDaemon(true);
      child.reader.start();
      return child;
    } catch (IOException e) {
      throw new DemoException("cannot start " + name, e);
    }
  }

  private void read() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      output.lines().forEach(this::add);
    } catch (IOException | UncheckedIOException e) {
      report.detail("%s: %s", name, e);
    }
  }

  private synchronized void add(String line) {
    lines.add(line);
    report.detail("%s: %s", name, line);
  }

  String name() {
    return name;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  synchronized String output() {
    return String.join("\n", lines);
  }

  /** Waits until the process prints a line that matches as a whole, and returns its first group. */
  String awaitLine(String regex) {
    Pattern pattern = Pattern.compile(regex);
    return Await.until(
        START,
        PAUSE,
        name + " prints a line like \"" + regex + "\"",
        () -> {
          boolean alive = process.isAlive();
          Optional<String> line = find(pattern);
          if (line.isEmpty() && !alive) {
            throw new DemoException(
                name + " ended with status " + process.exitValue() + "; " + said());
          }
          return line;
        },
        this::said);
  }

  private synchronized Optional<String> find(Pattern pattern) {
    return lines.stream()
        .map(pattern::matcher)
        .filter(Matcher::matches)
        .map(match -> match.group(1))
        .findFirst();
  }

  /** Waits until the process has ended by itself and its output is read. */
  void awaitSuccess() {
    try {
      if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
        throw new DemoException(name + " takes more than " + START.toSeconds() + " s; " + said());
      }
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoException(name + ": interrupted");
    }
    if (process.exitValue() != 0) {
      throw new DemoException(name + " ended with status " + process.exitValue() + "; " + said());
    }
  }

  /** Sends SIGKILL, as {@code kill -9} does. */
  void kill() {
    process.destroyForcibly();
  }

  /** Waits for the end and makes sure that SIGKILL brought it. */
  void awaitKilled() {
    int status = process.onExit().join().exitValue();
    if (status != KILLED) {
      throw new DemoException(
          name + " should have died of SIGKILL (status " + KILLED + "), but ended with " + status);
    }
  }

  /**
   * Ends the process and what it has started: asks first, then insists. Does nothing if it has
   * ended.
   */
  void stop() {
    List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
    family.add(process.toHandle());
    family.forEach(ProcessHandle::destroy);
    for (ProcessHandle member : family) {
      try {
        member.onExit().get(STOP.toMillis(), TimeUnit.MILLISECONDS);
      } catch (Exception e) {
        report.detail("%s (pid %d) does not end when asked", name, member.pid());
        member.destroyForcibly();
        member.onExit().join();
      }
    }
  }

  private String said() {
    String output = output();
    try {
      output = (output + "\n" + Files.readString(errors)).trim();
    } catch (IOException e) {
      report.detail("%s: %s", name, e);
    }
    return output.isEmpty() ? "it printed nothing" : "it printed:\n" + output.indent(4);
  }
}
