package org.quicksilver.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The legacy programs as they are: what they hold for a killed client stays, however long one
 * looks.
 */
final class RunWithoutAgent implements Run {
  private static final Duration TOLD = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Cast cast;
  private final Duration watch;
  private final Report report;

  RunWithoutAgent(Cast cast, Duration watch, Report report) {
    this.cast = cast;
    this.watch = watch;
    this.report = report;
  }

  @Override
  public String title() {
    return "Without the agent";
  }

  @Override
  public Observation perform() {
    cast.start();
    cast.introduceTo(report);
    Map<Server, Held> before = cast.held();
    report.line("held for the clients: %s", Observation.total(before));
    Instant kill = cast.killClients();
    report.line("kill -9 of the clients");
    awaitTold();
    report.line("the kernel has closed the dead clients' ends (the servers' are in CLOSE_WAIT)");
    Map<Server, Held> after = watch(kill);
    Duration time = Duration.between(kill, Instant.now());
    report.line("%s later: %s", Report.time(time), Observation.total(after));
    return new Observation(before, after, time, List.of());
  }

  /** From here on a server could know: reading would give it end of file. */
  private void awaitTold() {
    int clients = cast.serversByClient().size();
    Await.until(
        TOLD,
        PAUSE,
        "the servers' sockets are in CLOSE_WAIT",
        () -> Optional.of(cast.closeWait()).filter(count -> count >= clients),
        () -> cast.closeWait() + " of " + clients + " are");
  }

  /** Looks for the whole time, or until there is nothing left to look at. */
  private Map<Server, Held> watch(Instant kill) {
    Instant end = kill.plus(watch);
    return Await.until(
        watch.plus(TOLD),
        PAUSE,
        "the time to watch is over",
        () -> {
          Map<Server, Held> held = cast.held();
          boolean over = Instant.now().isAfter(end) || Observation.total(held).count() == 0;
          return over ? Optional.of(held) : Optional.empty();
        },
        () -> "the clock stands still");
  }
}
