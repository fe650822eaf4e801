package org.quicksilver.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Quicksilver says it has given back, against what was seen from outside. */
final class AuditReport {
  private static final Duration COMPLETE = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Quicksilver quicksilver;
  private final Path directory;
  private final Report report;

  AuditReport(Quicksilver quicksilver, Path directory, Report report) {
    this.quicksilver = quicksilver;
    this.directory = directory;
    this.report = report;
  }

  /**
   * Prints the reclaims of each server; a handle that none of them explains is a broken promise.
   */
  void show(Map<Server, Held> before, Instant kill, List<String> broken) {
    List<Reclaim> audit = await(before, broken);
    report.line("quicksilver audit, times from the kill to the close:");
    before.forEach((server, held) -> show(server, held, audit, kill));
  }

  /** The audit trail when it explains everything; the last one seen, if it never does. */
  private List<Reclaim> await(Map<Server, Held> before, List<String> broken) {
    try {
      return Await.until(
          COMPLETE,
          PAUSE,
          "quicksilver audit names every handle",
          () -> Optional.of(quicksilver.reclaims()).filter(audit -> explains(audit, before)),
          () -> "it names fewer than were open");
    } catch (DemoException e) {
      broken.add(e.getMessage());
      return quicksilver.reclaims();
    }
  }

  private static boolean explains(List<Reclaim> audit, Map<Server, Held> before) {
    return before.entrySet().stream()
        .allMatch(it -> reclaims(audit, it.getKey()).size() >= it.getValue().count());
  }

  private static List<Reclaim> reclaims(List<Reclaim> audit, Server server) {
    return audit.stream().filter(reclaim -> reclaim.pid() == server.child().pid()).toList();
  }

  private void show(Server server, Held held, List<Reclaim> audit, Instant kill) {
    List<Reclaim> reclaims = reclaims(audit, server);
    report.line(
        "    %s (pid %d): %d orphaned, %d reclaimed",
        server.name(), server.child().pid(), held.count(), reclaims.size());
    for (Reclaim reclaim : reclaims) {
      String time = Report.time(Duration.between(kill, reclaim.at()));
      String what = reclaim.what().replace(directory + "/", "");
      report.line("      %10s  %-7s %s", time, reclaim.kind(), what);
    }
  }
}
