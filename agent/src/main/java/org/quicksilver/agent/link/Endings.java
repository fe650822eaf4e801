package org.quicksilver.agent.link;

import java.nio.channels.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.quicksilver.agent.track.Branch;
import org.quicksilver.agent.track.Branches;
import org.quicksilver.agent.track.Handle;
import org.quicksilver.agent.track.Handles;
import org.quicksilver.agent.track.Loops;
import org.quicksilver.agent.track.Scope;
import org.quicksilver.agent.track.Stacks;
import org.quicksilver.config.Durations;
import org.quicksilver.config.LeakHunt;
import org.quicksilver.handle.HandleKind;
import org.quicksilver.handle.Policies;
import org.quicksilver.handle.Policy;
import org.quicksilver.handle.Verdict;
import org.quicksilver.transaction.TransactionId;

/**
 * What happens here when a transaction ends: each handle that is still open gets its grace, and is
 * then reported or reclaimed as its policy says. Idempotent: a second end finds nothing left to do.
 * Worker thread only.
 */
final class Endings implements Runnable {

  private static final Duration BUSY_RETRY = Duration.ofMillis(20);
  private static final int MOST_TRIES = 5;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(2);
  private static final int MOST_LOOKS = 1000;

  /** A thread that is kept from the processor between closing a handle and booking it. */
  private static final Duration CLOSER_IS_LATE = Duration.ofSeconds(2);

  private static final String CLOSED_AFTER_ALL = "closed by the application after all";
  private static final String SHARED_AFTER_ALL = "others use it after all";
  private static final String UNWATCHED = "the agent was detached; nobody watches it any more";

  /** How a transaction ended, and when we learned it; or when something was too old. */
  private record Ended(boolean aborted, long atNanos, boolean isTransaction) {}

  private final Handles handles;
  private final Branches branches;
  private final Reports reports;
  private final Worker worker;
  private final Worker closer;
  private final AgentLog log;
  private final Scope scope;
  private final Policies own;
  private final AtomicInteger underWay = new AtomicInteger();
  private final Unreachable unreachable;
  private final Loops loops;
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
    this.loops = new Loops(handles);
    this.scope = handles.scope();
    this.unreachable = new Unreachable(handles, reports);
  }

  /**
   * Looks for what was collected while open, and for what is nobody's leak any more; done again and
   * again.
   */
  @Override
  public void run() {
    unreachable.look(policies);
    accused.entrySet().removeIf(each -> isWithdrawn(each.getKey(), each.getValue()));
  }

  /** It has moved to somebody who lives: the end of the former says nothing of it. */
  private boolean isWithdrawn(Handle handle, Ended ended) {
    boolean moved = ended.isTransaction && !handle.isClosed() && !handle.branch().ended();
    if (moved) {
      handle.acquit();
      report(Verdict.WITHDRAWN, handle, ended, Moment.now(), SHARED_AFTER_ALL);
    }
    return moved;
  }

  void policiesOfNode(String text) {
    try {
      policies = own.then(Policies.parse(text));
    } catch (IllegalArgumentException e) {
      log.say("the node sent policies this agent cannot read, they are ignored: " + e.getMessage());
    }
  }

  /**
   * A handle is open for longer than one of its kind should be, whatever became of its transaction.
   */
  void isTooOld(Handle handle, Duration age) {
    if (handle.accused() || handle.isExempt() || handle.isClosed()) {
      return;
    }
    boolean ignored = policies.of(handle.kind(), handle.what()).action() == Policy.Action.IGNORE;
    if (ignored || scope.isShared(handle)) {
      handle.exempt();
    } else if (Sweep.isGone(handle, handles)) {
      handles.closeGone(handle);
    } else {
      Ended ended = new Ended(false, System.nanoTime(), /* isTransaction= */ false);
      handle.accuse();
      accused.put(handle, ended);
      String note = LeakHunt.OPEN_FOR_MORE_THAN + Durations.format(age);
      report(Verdict.LEAK, handle, ended, Moment.now(), note);
    }
  }

  void end(TransactionId transaction, boolean aborted) {
    Ended ended = new Ended(aborted, System.nanoTime(), /* isTransaction= */ true);
    List<Branch> gone = branches.end(transaction);
    if (gone.stream().noneMatch(branch -> branch.openHandles() > 0)) {
      return;
    }
    byGrace(new HashSet<>(gone))
        .forEach(
            (grace, due) -> {
              if (grace.isZero()) {
                judge(due, ended);
              } else {
                worker.executeAfter(grace, () -> judge(due, ended));
              }
            });
  }

  private Map<Duration, List<Handle>> byGrace(Set<Branch> ending) {
    Map<Duration, List<Handle>> byGrace = new HashMap<>();
    handles.forEach(
        handle -> {
          if (ending.contains(handle.branch())) {
            Policy policy = policies.of(handle.kind(), handle.what());
            if (policy.action() != Policy.Action.IGNORE) {
              byGrace.computeIfAbsent(policy.grace(), g -> new ArrayList<>()).add(handle);
            }
          }
        });
    return byGrace;
  }

  /** The grace is over. What has meanwhile become the process's is nobody's leak. */
  private void judge(List<Handle> due, Ended ended) {
    List<Handle> toClose = new ArrayList<>();
    for (Handle handle : due) {
      if (handle.isClosed() || !handle.branch().ended() || isBeingClosed(handle)) {
        continue;
      }
      if (Sweep.isGone(handle, handles)) {
        handles.closeGone(handle);
      } else if (isShared(handle)) {
        handles.share(handle, branches.process());
      } else if (policies.of(handle.kind(), handle.what()).reclaims(ended.aborted)) {
        toClose.add(handle);
      } else if (handle.get() != null || !Unreachable.isLost(handle.kind())) {
        accuse(handle, ended);
      }
    }
    if (!toClose.isEmpty()) {
      // Connections last: their end wakes the application, which then closes the rest by itself.
      toClose.sort(Comparator.comparing(handle -> handle.kind() == HandleKind.SOCKET));
      reclaim(toClose, ended, 0);
    }
  }

  /** The application has closed it, and its selector will, the next time it looks. */
  private static boolean isBeingClosed(Handle handle) {
    return handle.get() instanceof Channel channel && !channel.isOpen();
  }

  private boolean isShared(Handle handle) {
    return goesWithAnother(handle)
        || loops.serveOthers(handle)
        || scope.isShared(handle)
        || isLockOfShared(handle);
  }

  /** Whose file it is, who took it for the same, may be told by the file alone. */
  private boolean isLockOfShared(Handle handle) {
    Handle file = handles.fileOfLock(handle);
    return file != null && file.branch() == handle.branch() && scope.isShared(file);
  }

  /**
   * Mapped memory is given back by the collector alone, and nobody is to blame that it has not
   * come; the pipes to a child go with the child.
   */
  private static boolean goesWithAnother(Handle handle) {
    return handle.kind() == HandleKind.MAPPING
        || (handle.kind() == HandleKind.PIPE && !(handle.get() instanceof Channel));
  }

  private void accuse(Handle handle, Ended ended) {
    handle.accuse();
    accused.put(handle, ended);
    report(ended.aborted ? Verdict.ORPHAN : Verdict.LEAK, handle, ended, Moment.now(), "");
  }

  /**
   * All are closed before anything is said about the first. A foreign {@code close} may block: it
   * does so on a thread of its own, not on the worker.
   */
  private void reclaim(List<Handle> toClose, Ended ended, int tries) {
    underWay.addAndGet(toClose.size());
    closer.execute(
        () -> {
          List<Reclaimer.Closing> closings = Reclaimer.reclaim(toClose, tries < MOST_TRIES);
          worker.execute(
              () -> {
                try {
                  reclaimed(closings, ended, tries);
                } finally {
                  underWay.addAndGet(-toClose.size());
                }
              });
        });
  }

  /** Whether any are just being given back, and nothing has been reported of them. Any thread. */
  boolean isReclaiming() {
    return underWay.get() > 0;
  }

  private void reclaimed(List<Reclaimer.Closing> closings, Ended ended, int tries) {
    List<Handle> busy = new ArrayList<>();
    for (Reclaimer.Closing closing : closings) {
      Handle handle = closing.handle();
      switch (closing.result()) {
        case CLOSED -> awaitBooked(closing, ended, 0);
        case BUSY -> busy.add(handle);
        case FAILED -> report(Verdict.FAILED, handle, ended, closing.moment(), closing.note());
        case GONE -> {}
      }
    }
    if (!busy.isEmpty()) {
      Duration pause = BUSY_RETRY.multipliedBy(1L << tries);
      worker.executeAfter(pause, () -> reclaim(busy, ended, tries + 1));
    }
  }

  /**
   * Reclaimed is what the operating system has back: a channel of a selector closes a little later.
   */
  private void awaitBooked(Reclaimer.Closing closing, Ended ended, int looks) {
    Handle handle = closing.handle();
    if (!Sweep.booksItself(handle.kind())) {
      handles.close(handle);
    }
    if (handle.isClosed()) {
      Moment moment = looks == 0 ? closing.moment() : Moment.now();
      report(Verdict.RECLAIMED, handle, ended, moment, "");
    } else if (looks < MOST_LOOKS) {
      worker.executeAfter(LOOK_AGAIN, () -> awaitBooked(closing, ended, looks + 1));
    } else {
      report(
          Verdict.FAILED, handle, ended, Moment.now(), "closed, but its descriptor is still open");
    }
  }

  /**
   * The application closed it after all, if it was not the collector. Whose descriptor was seen
   * again before that may only be late to say so.
   */
  void accusedClosed(Handle handle, @Nullable Throwable closing) {
    if (handle.isUnreachable()) {
      worker.executeAfter(CLOSER_IS_LATE, () -> withdraw(handle, closing));
    } else {
      withdraw(handle, closing);
    }
  }

  /** The agent leaves, and nobody will see whether the program closes it. */
  void unwatched(Handle handle) {
    Ended ended = accused.remove(handle);
    if (ended != null) {
      report(Verdict.WITHDRAWN, handle, ended, Moment.now(), UNWATCHED);
    }
  }

  private void withdraw(Handle handle, @Nullable Throwable closing) {
    Ended ended = accused.remove(handle);
    if (ended != null && !handle.isUnreachable()) {
      String by = closing == null ? "" : "\n" + Stacks.render(closing);
      report(Verdict.WITHDRAWN, handle, ended, Moment.now(), CLOSED_AFTER_ALL + by);
    }
  }

  private void report(Verdict event, Handle handle, Ended ended, Moment moment, String note) {
    handles.judged(handle, event);
    reports.report(event, handle, ended.aborted, moment, ended.atNanos, note);
  }
}
