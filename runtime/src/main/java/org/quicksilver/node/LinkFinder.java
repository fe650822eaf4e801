package org.quicksilver.node;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.quicksilver.comm.Message;
import org.quicksilver.handle.HandleKind;
import org.quicksilver.node.KernelConnections.End;
import org.quicksilver.transaction.TransactionId;

/**
 * Finds out whose connection was accepted, by looking for its two ends in the breadcrumbs of the
 * JVMs. The opener writes its ends only after the kernel has connected it, which may be after the
 * other side has accepted; so it is looked for several times, and one pass over the files answers
 * all that wait. Node thread only.
 */
final class LinkFinder {

  private static final List<Duration> PAUSES =
      java.util.stream.IntStream.of(0, 1, 2, 5, 10, 20, 50, 100, 200, 500)
          .mapToObj(Duration::ofMillis)
          .toList();

  /**
   * The dead, and what is remembered, are asked later than the living: a port may have come back to
   * life with another process.
   */
  private static final int TRY_FOR_FORMER = 5;

  /** While somebody is being waited for who may remember it. */
  private static final Duration LAST_PAUSE = Duration.ofMillis(500);

  /** What is due so soon is looked for in the same pass. */
  private static final long SLACK_NANOS = 500_000;

  /** Who is told what was found. */
  interface Listener {

    /**
     * The opener is known.
     *
     * @param arrival the connection
     * @param opener incarnation of the JVM that opened it, dead or alive
     * @param tag the transaction that the connection has there
     * @param isProvisional whether that is the tag of a connection which is still being looked for
     */
    void onFound(Arrival arrival, int opener, TransactionId tag, boolean isProvisional);

    /** The opener cannot be found: no JVM of this home. */
    void onStranger(Arrival arrival);
  }

  private final JvmTable jvms;
  private final RecentDead dead;
  private final Recollections recollections;
  private final NodeThread thread;
  private final NodeLog log;
  private final Listener listener;
  private final Map<String, Arrival> waiting = new LinkedHashMap<>();
  private Runnable census = () -> {};
  private boolean scheduled;
  private long scheduledNanos;

  LinkFinder(JvmTable jvms, RecentDead dead, NodeThread thread, NodeLog log, Listener listener) {
    this.jvms = jvms;
    this.dead = dead;
    this.recollections = new Recollections(jvms);
    this.thread = thread;
    this.log = log;
    this.listener = listener;
  }

  /**
   * What enters those JVMs that have not said a word yet: on a busy machine one may have opened a
   * connection a second before it finds the time. Done before a former connection is believed to be
   * it, and before somebody is taken for a stranger.
   */
  void beforeAnyOther(Runnable entering) {
    census = entering;
  }

  /**
   * Looks for the opener of a connection; asked twice, the first search goes on. Two processes that
   * have accepted the same connection live in different networks: the second gets no answer from
   * this one. If one process has accepted another with the same ends, the former is over, and who
   * lives has not opened it.
   */
  void look(Arrival arrival) {
    Arrival before = waiting.get(arrival.seenByOpener());
    boolean isAmbiguous = before != null && before.acceptor() != arrival.acceptor();
    if (isAmbiguous || !HostAddresses.isLocal(arrival.remote())) {
      listener.onStranger(arrival);
    } else if (before == null || !before.provisional().equals(arrival.provisional())) {
      waiting.put(arrival.seenByOpener(), arrival);
      if (before != null) {
        giveUp(before);
      }
      next(arrival);
      schedule();
    }
  }

  /** The accepting end is closed while the search goes on; returns whether it does. */
  boolean onClosed(int acceptor, String local, String remote) {
    Arrival arrival = waiting.get(remote + " -> " + local);
    if (arrival == null || arrival.acceptor() != acceptor) {
      return false;
    }
    arrival.close();
    return true;
  }

  /** Whether that is the tag of a connection which is still being looked for. */
  boolean isProvisional(TransactionId id) {
    return waiting.values().stream().anyMatch(arrival -> arrival.provisional().equals(id));
  }

  /** What a dead JVM had accepted needs no opener any more. */
  void onAcceptorDied(int incarnation) {
    waiting.values().removeIf(arrival -> arrival.acceptor() == incarnation);
  }

  private void next(Arrival arrival) {
    int number = arrival.nextTry();
    boolean isLast = number >= PAUSES.size();
    if (!isLast || recollections.isAwaited(arrival)) {
      Duration pause = isLast ? LAST_PAUSE : PAUSES.get(number);
      arrival.dueNanos(System.nanoTime() + pause.toNanos());
    } else {
      waiting.remove(arrival.seenByOpener());
      settle(arrival, arrival.remembered());
    }
  }

  private void giveUp(Arrival over) {
    Find find = amongTheDead(over);
    settle(over, find == null ? over.remembered() : find);
  }

  private void settle(Arrival arrival, @Nullable Find find) {
    if (find == null) {
      listener.onStranger(arrival);
    } else {
      found(find);
    }
  }

  /** One timer for all, for the time of the next one due. */
  private void schedule() {
    if (waiting.isEmpty()) {
      return;
    }
    long now = System.nanoTime();
    long pause = waiting.values().stream().mapToLong(a -> a.dueNanos() - now).min().getAsLong();
    long due = now + Math.max(0, pause);
    if (!scheduled || due - scheduledNanos < 0) {
      scheduled = true;
      scheduledNanos = due;
      thread.after(Duration.ofNanos(due - now), "look for openers", () -> round(due));
    }
  }

  /** All connections that arrived while this was queued are looked for in one pass. */
  private void round(long due) {
    if (!scheduled || scheduledNanos != due) {
      return;
    }
    scheduled = false;
    try {
      pass();
      long now = System.nanoTime();
      List.copyOf(waiting.values()).stream()
          .filter(arrival -> arrival.dueNanos() - now <= SLACK_NANOS)
          .forEach(this::next);
    } finally {
      schedule();
    }
  }

  private void pass() {
    boolean asks =
        recollections.isDue() && waiting.values().stream().anyMatch(LinkFinder::isToBeAskedFor);
    if (asks || waiting.values().stream().anyMatch(arrival -> arrival.tries() == PAUSES.size())) {
      census.run();
    }
    for (Find find : finds()) {
      if (waiting.remove(find.arrival().seenByOpener(), find.arrival())) {
        found(find);
      }
    }
    if (asks) {
      recollections.ask(waiting.values().stream().filter(LinkFinder::isToBeAskedFor).toList());
    }
  }

  private static boolean isToBeAskedFor(Arrival arrival) {
    return arrival.tries() > TRY_FOR_FORMER && arrival.question() == null;
  }

  /**
   * Who had opened a connection remembers it, though it is closed. A later one may have its ends:
   * if it was closed before this one was accepted, somebody else may still turn out to have opened
   * this one; if this one's other end is open, somebody else has.
   */
  void onOpened(int incarnation, Message.Opened opened) {
    Arrival arrival = waiting.get(opened.connection());
    if (arrival == null
        || opened.openedAtMillis() > arrival.acceptedAtMillis() + RecentDead.NOTING.toMillis()) {
      return;
    }
    Find find = new Find(arrival, incarnation, opened.transaction());
    if (opened.closedAtMillis() >= arrival.acceptedAtMillis()) {
      waiting.remove(opened.connection());
      found(find);
    } else if (!isHeld(arrival)) {
      arrival.remember(find, opened.closedAtMillis());
    }
  }

  void onRecalled(int incarnation, Message.Recalled answer) {
    recollections.onAnswer(incarnation, answer);
  }

  private void found(Find find) {
    listener.onFound(find.arrival(), find.opener(), find.tag(), isProvisional(find.tag()));
  }

  /**
   * Whose an accepted connection is.
   *
   * @param opener incarnation of the JVM that opened it
   * @param tag the transaction that it has there
   */
  record Find(Arrival arrival, int opener, TransactionId tag) {}

  private List<Find> finds() {
    Map<String, Find> finds = new HashMap<>();
    for (Jvm jvm : jvms.living()) {
      try {
        jvm.crumbs()
            .forEach(
                Set.of(HandleKind.SOCKET),
                handle -> {
                  Arrival arrival = handle.accepted() ? null : waiting.get(handle.what());
                  if (arrival != null) {
                    finds.put(
                        handle.what(), new Find(arrival, jvm.incarnation(), handle.transaction()));
                  }
                });
      } catch (IOException e) {
        log.warn("cannot read the breadcrumbs of " + jvm + ": " + e);
      }
    }
    askTheDead(finds);
    return new ArrayList<>(finds.values());
  }

  private void askTheDead(Map<String, Find> finds) {
    for (Arrival arrival : waiting.values()) {
      String connection = arrival.seenByOpener();
      if (arrival.tries() > TRY_FOR_FORMER
          && !finds.containsKey(connection)
          && dead.has(connection, arrival.acceptedAtMillis())
          && !isHeld(arrival)) {
        Find find = amongTheDead(arrival);
        if (find != null) {
          finds.put(connection, find);
        }
      }
    }
  }

  /**
   * Whether the opener's end is still open, and so not of somebody dead: a living JVM may not have
   * found the time to write it down, or it is a process without an agent.
   */
  private boolean isHeld(Arrival arrival) {
    Jvm acceptor = jvms.find(arrival.acceptor());
    return acceptor != null
        && !arrival.isClosed()
        && KernelConnections.end(acceptor.pid(), arrival.seenByOpener()) == End.HELD;
  }

  private @Nullable Find amongTheDead(Arrival arrival) {
    return dead.take(arrival.seenByOpener(), arrival.acceptedAtMillis())
        .map(socket -> new Find(arrival, socket.incarnation(), socket.transaction()))
        .orElse(null);
  }
}
