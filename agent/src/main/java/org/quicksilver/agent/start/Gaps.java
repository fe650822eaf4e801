package org.quicksilver.agent.start;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.quicksilver.agent.instrument.Transformer;
import org.quicksilver.agent.link.AgentLog;
import org.quicksilver.agent.link.Worker;
import org.quicksilver.handle.BreadcrumbWriter;

/**
 * Says what is not intercepted on this JDK, in the log and in the breadcrumbs: silent gaps after an
 * upgrade are worse than loud ones. Worker thread only.
 */
final class Gaps implements Runnable {

  /** A program that is over by then needs none of it, and a start is not to pay for it. */
  private static final Duration AFTER = Duration.ofSeconds(1);

  private final Transformer transformer;
  private final BreadcrumbWriter breadcrumbs;
  private final AgentLog log;
  private int lookedAt = -1;

  private Gaps(Transformer transformer, BreadcrumbWriter breadcrumbs, AgentLog log) {
    this.transformer = transformer;
    this.breadcrumbs = breadcrumbs;
    this.log = log;
  }

  /** Looks soon, and again when a class turns out only as it is loaded. */
  static void watch(
      Transformer transformer, BreadcrumbWriter breadcrumbs, AgentLog log, Worker worker) {
    worker.executeEvery(AFTER, new Gaps(transformer, breadcrumbs, log));
  }

  @Override
  public void run() {
    int failed = transformer.failed();
    if (failed != lookedAt) {
      lookedAt = failed;
      say();
    }
  }

  private void say() {
    try {
      List<String> unmatched = transformer.unmatched();
      if (!unmatched.isEmpty()) {
        breadcrumbs.describeUnmatched(String.join("\n", unmatched));
        log.say("not intercepted on this JDK: " + String.join("; ", unmatched));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
