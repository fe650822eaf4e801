package org.quicksilver.agent.start;

import java.io.IOException;
import java.nio.file.Path;
import org.quicksilver.handle.BreadcrumbWriter;
import org.quicksilver.handle.Policies;

/** What this process is. */
final class ThisProcess {

  private static final int LONGEST_COMMAND = 1000;

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

  /** Writes into the breadcrumbs what the node wants to know after our death. */
  static void describe(BreadcrumbWriter breadcrumbs, Policies policies) {
    long started =
        ProcessHandle.current()
            .info()
            .startInstant()
            .map(java.time.Instant::toEpochMilli)
            .orElse(0L);
    String command = System.getProperty("sun.java.command", "");
    breadcrumbs.describeProcess(
        started,
        command.length() > LONGEST_COMMAND ? command.substring(0, LONGEST_COMMAND) : command,
        policies.toString());
  }
}
