package org.quicksilver.agent.link;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.quicksilver.agent.track.Branch;
import org.quicksilver.agent.track.Branches;
import org.quicksilver.agent.track.Handle;
import org.quicksilver.agent.track.Handles;
import org.quicksilver.comm.Message.Event;
import org.quicksilver.handle.Policies;
import org.quicksilver.handle.Policy;
import org.quicksilver.handle.ScopeRules;
import org.quicksilver.transaction.TransactionId;

/**
 * What happens here when a transaction ends: each handle that is still open gets its grace, and is
 * then reported or reclaimed as its policy says. Idempotent: a second end finds nothing left to do.
 * Worker thread only.
 */
final class Endings {

  private static final Duration BUSY_RETRY = Duration.ofMillis(20);
  private static final int MOST_TRIES = 5;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(2);
  private static final int MOST_LOOKS = 1000;

  /** How a transaction ended, and when we learned it. */
  private record Ended(boolean aborted, long atNanos) {}

  private final Handles handles;
  private final Branches branches;
  private final Reports reports;
  private final Worker worker;
  private final Worker closer;
  private final AgentLog log;
  private final ScopeRules scopeRules = ScopeRules.builtIn();
  private final Policies own;
  private final Map<Handle, Ended> accused = new HashMap<>();
  private Policies policies;

  Endings(
      Handles handles,
      Branches branches,
      Reports reports,
      Worker worker,
      Worker closer,
      AgentLog log,
      Policies own) {
    this.handles = handles;
    this.branches = branches;
    this.reports = reports;
    this.worker = worker;
    this.closer = closer;
    this.log = log;
    this.own = own;
    this.policies = own;
  }

  void policiesOfNode(String text) {
    try {
      policies = own.then(Policies.parse(text));
    } catch (IllegalArgumentException e) {
      log.say("the node sent policies this agent cannot read, they are ignored: " + e.getMessage());
    }
  }

  void end(TransactionId transaction, boolean aborted) {
    Ended ended = new Ended(aborted, System.nanoTime());
    List<Branch> gone = branches.end(transaction);
    if (gone.stream().noneMatch(branch -> branch.openHandles() > 0)) {
      return;
    }
    Set<Branch> ending = new HashSet<>(gone);
    handles.forEach(
        handle -> {
          if (ending.contains(handle.branch())) {
            giveGrace(handle, ended);
          }
        });
  }

  private void giveGrace(Handle handle, Ended ended) {
    Policy policy = policies.of(handle.kind(), handle.what());
    if (policy.action() == Policy.Action.IGNORE) {
      return;
    }
    if (policy.grace().isZero()) {
      judge(handle, ended);
    } else {
      worker.executeAfter(policy.grace(), () -> judge(handle, ended));
    }
  }

  /** The grace is over. What has meanwhile become the process's is nobody's leak. */
  private void judge(Handle handle, Ended ended) {
    if (handle.isClosed() || !handle.branch().ended()) {
      return;
    }
    if (scopeRules.isShared(handle.stack())) {
      handles.move(handle, branches.process());
      return;
    }
    Policy policy = policies.of(handle.kind(), handle.what());
    if (policy.reclaims(ended.aborted)) {
      reclaim(handle, ended, 0);
    } else {
      handle.accuse();
      accused.put(handle, ended);
      report(ended.aborted ? Event.ORPHAN : Event.LEAK, handle, ended, "");
    }
  }

  /** A foreign {@code close} may block: it does so on a thread of its own, not on the worker. */
  private void reclaim(Handle handle, Ended ended, int tries) {
    closer.execute(
        () -> {
          try {
            Reclaimer.Result result = Reclaimer.reclaim(handle, tries < MOST_TRIES);
            worker.execute(() -> reclaimed(result, handle, ended, tries));
          } catch (IOException | RuntimeException e) {
            worker.execute(() -> report(Event.FAILED, handle, ended, e.toString()));
          }
        });
  }

  private void reclaimed(Reclaimer.Result result, Handle handle, Ended ended, int tries) {
    switch (result) {
      case CLOSED -> awaitBooked(handle, ended, 0);
      case BUSY ->
          worker.executeAfter(
              BUSY_RETRY.multipliedBy(1L << tries), () -> reclaim(handle, ended, tries + 1));
      case UNREACHABLE ->
          report(Event.FAILED, handle, ended, "unreachable, never closed: its object is gone");
      case GONE -> {}
    }
  }

  /**
   * Reclaimed is what the operating system has back: a channel of a selector closes a little later.
   */
  private void awaitBooked(Handle handle, Ended ended, int looks) {
    if (!Sweep.booksItself(handle.kind())) {
      handles.close(handle);
    }
    if (handle.isClosed()) {
      report(Event.RECLAIMED, handle, ended, "");
    } else if (looks < MOST_LOOKS) {
      worker.executeAfter(LOOK_AGAIN, () -> awaitBooked(handle, ended, looks + 1));
    } else {
      report(Event.FAILED, handle, ended, "closed, but its descriptor is still open");
    }
  }

  /** The application closed it after all. */
  void accusedClosed(Handle handle) {
    Ended ended = accused.remove(handle);
    if (ended != null) {
      report(Event.WITHDRAWN, handle, ended, "closed by the application after all");
    }
  }

  private void report(Event event, Handle handle, Ended ended, String note) {
    reports.report(event, handle, ended.aborted, System.nanoTime() - ended.atNanos, note);
  }
}
