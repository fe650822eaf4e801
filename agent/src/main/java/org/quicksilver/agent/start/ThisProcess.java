package org.quicksilver.agent.start;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.quicksilver.agent.link.Worker;
import org.quicksilver.handle.BreadcrumbWriter;
import org.quicksilver.handle.Policies;

/** What this process is. */
final class ThisProcess {

  private static final int LONGEST_COMMAND = 1000;
  private static final Duration SOON = Duration.ofMillis(200);

  private ThisProcess() {}

  /**
   * Process ID; from {@code /proc} where there is one, which is cheaper than {@link ProcessHandle}
   * in a JVM that is just starting.
   */
  static long pid() {
    try {
      return Long.parseLong(Path.of("/proc/self").toRealPath().getFileName().toString());
    } catch (IOException | NumberFormatException e) {
      return ProcessHandle.current().pid();
    }
  }

  /**
   * Writes into the breadcrumbs what the node wants to know after our death. When the process was
   * started comes a little later: for that the JDK begins a pool of threads, and until then the
   * node takes the time of the file.
   */
  record Description(BreadcrumbWriter breadcrumbs, Policies policies, Worker worker)
      implements Runnable {
    @Override
    public void run() {
      String command = System.getProperty("sun.java.command", "");
      breadcrumbs.describeProcess(
          0,
          command.length() > LONGEST_COMMAND ? command.substring(0, LONGEST_COMMAND) : command,
          policies.toString());
      worker.executeAfter(SOON, new Start(breadcrumbs));
    }
  }

  private record Start(BreadcrumbWriter breadcrumbs) implements Runnable {
    @Override
    public void run() {
      ProcessHandle.current()
          .info()
          .startInstant()
          .ifPresent(start -> breadcrumbs.describeStart(start.toEpochMilli()));
    }
  }
}
