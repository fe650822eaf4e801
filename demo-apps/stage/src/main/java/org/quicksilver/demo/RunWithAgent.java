package org.quicksilver.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The same programs with the agent: what they hold for a killed client is given back. */
final class RunWithAgent implements Run {
  private static final Duration TREE = Duration.ofSeconds(30);
  private static final Duration RECLAIM = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(5);

  private final Quicksilver quicksilver;
  private final Cast cast;
  private final Report report;

  RunWithAgent(Quicksilver quicksilver, Cast cast, Report report) {
    this.quicksilver = quicksilver;
    this.cast = cast;
    this.report = report;
  }

  @Override
  public String title() {
    return "With the agent";
  }

  @Override
  public Observation perform() {
    Child node = quicksilver.startNode();
    report.line("node:    %d", node.pid());
    cast.start();
    cast.introduceTo(report);
    report.line("agent:   %s", quicksilver.javaAgent());
    awaitTrees();
    report.line("quicksilver tree:");
    report.block(quicksilver.tree());
    Map<Server, Held> before = cast.held();
    report.line("held for the clients: %s", Observation.total(before));
    Instant kill = cast.killClients();
    report.line("kill -9 of the clients");
    return observe(before, kill);
  }

  /** Every server must be in the transaction of its client, or the kill would prove nothing. */
  private void awaitTrees() {
    cast.serversByClient()
        .forEach(
            (client, servers) ->
                Await.until(
                    TREE,
                    PAUSE,
                    "a transaction of process " + client + " has the participants " + servers,
                    () -> find(client, servers),
                    () -> "the trees are " + quicksilver.treeEntries()));
  }

  private Optional<TreeEntry> find(long owner, Set<Long> participants) {
    return quicksilver.treeEntries().stream()
        .filter(entry -> entry.owner() == owner)
        .filter(entry -> entry.participants().containsAll(participants))
        .findFirst();
  }

  private Observation observe(Map<Server, Held> before, Instant kill) {
    List<String> broken = new ArrayList<>();
    awaitNothingLeft(broken);
    Duration time = Duration.between(kill, Instant.now());
    Map<Server, Held> after = cast.held();
    report.line("%s later, seen from outside: %s", Report.time(time), Observation.total(after));
    new AuditReport(quicksilver, cast.directory(), report).show(before, kill, broken);
    return new Observation(before, after, time, broken);
  }

  private void awaitNothingLeft(List<String> broken) {
    try {
      Await.until(
          RECLAIM,
          PAUSE,
          "nothing is left of the killed clients",
          () -> cast.isNothingHeld() ? Optional.of(true) : Optional.empty(),
          () -> "still there: " + Observation.total(cast.held()));
    } catch (DemoException e) {
      broken.add(e.getMessage());
    }
  }
}
