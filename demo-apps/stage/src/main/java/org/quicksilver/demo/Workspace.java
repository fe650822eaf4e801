package org.quicksilver.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A fresh directory and every process the demo starts. Both go when this is closed, and at the
 * latest when the JVM ends, however it ends short of SIGKILL. Thread-safe: the shutdown hook may
 * come in at any time.
 */
final class Workspace implements AutoCloseable {
  private final Path directory;
  private final boolean keep;
  private final Report report;
  private final List<Child> children = new ArrayList<>();
  private int started;
  private boolean closed;
  private volatile boolean shuttingDown;

  private Workspace(Path directory, boolean keep, Report report) {
    this.directory = directory;
    this.keep = keep;
    this.report = report;
  }

  static Workspace open(boolean keep, Report report) {
    try {
      Path directory = Files.createTempDirectory("quicksilver-demo").toRealPath();
      Workspace workspace = new Workspace(directory, keep, report);
      Runtime.getRuntime().addShutdownHook(new Thread(workspace::onShutdown, "close workspace"));
      return workspace;
    } catch (IOException e) {
      throw new DemoException("cannot make a temporary directory", e);
    }
  }

  /** A new subdirectory. */
  Path directory(String name) {
    try {
      return Files.createDirectories(directory.resolve(name));
    } catch (IOException e) {
      throw new DemoException("cannot make " + directory.resolve(name), e);
    }
  }

  synchronized Child start(String name, List<String> command, Map<String, String> environment) {
    if (closed) {
      throw new DemoException("stopping, " + name + " is not started");
    }
    Path errors = directory("stderr").resolve(++started + "-" + name.replace(' ', '-'));
    Child child = Child.start(name, command, environment, errors, report);
    children.add(child);
    return child;
  }

  /** Runs a command that ends by itself, and returns what it printed. */
  String run(String name, List<String> command, Map<String, String> environment) {
    Child child = start(name, command, environment);
    try {
      child.awaitSuccess();
      return child.output();
    } finally {
      forget(child);
    }
  }

  private synchronized void forget(Child child) {
    child.stop();
    children.remove(child);
  }

  synchronized int running() {
    return children.size();
  }

  /** Stops the processes started last, last first, until only so many are left. */
  synchronized void stopDownTo(int left) {
    while (children.size() > left) {
      children.remove(children.size() - 1).stop();
    }
  }

  private void onShutdown() {
    shuttingDown = true;
    close();
  }

  /**
   * Whether the JVM is ending, on Ctrl-C for instance; then it is no wonder that processes have
   * died.
   */
  boolean isShuttingDown() {
    return shuttingDown;
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    stopDownTo(0);
    if (keep) {
      report.line("kept: %s", directory);
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(Workspace::delete);
    } catch (IOException | UncheckedIOException e) {
      report.error("cannot remove " + directory + ": " + e.getMessage());
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
