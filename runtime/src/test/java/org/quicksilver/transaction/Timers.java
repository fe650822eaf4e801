package org.quicksilver.transaction;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** The timers of one node, and the age of its tombstone; lost with the process. */
final class Timers {
  private record Running(int attempt, int since) {}

  private final SimulatedNode node;
  private final Map<Timer, Running> running = new EnumMap<>(Timer.class);
  private int endedAt;

  Timers(SimulatedNode node) {
    this.node = node;
  }

  void start(Action.SetTimer timer) {
    running.put(timer.timer(), new Running(timer.attempt(), node.cluster.now));
  }

  void clear() {
    running.clear();
  }

  boolean isRunning(Timer timer) {
    return running.containsKey(timer);
  }

  /** A read-only record is kept as long as a tombstone. */
  void fire(Timer timer) {
    Running started = running.get(timer);
    TransactionState state = node.known();
    if (started == null || state == null || timer == Timer.RETENTION && !isOld(started.since)) {
      return;
    }
    running.remove(timer);
    node.perform(timer.name(), EitherRole.onTimer(state, timer, started.attempt()));
  }

  private boolean isOld(int since) {
    return node.cluster.now - since >= 2 * Network.LINK_DEATH;
  }

  /** It has ended, or its tombstone has answered. */
  void noteUse(Step step) {
    if (step.state().phase().isEnded() && !step.actions().isEmpty()) {
      endedAt = node.cluster.now;
    }
  }

  /** Drops the tombstone if it is old enough. */
  void dropTombstone() {
    TransactionState state = node.known();
    Duration age = Duration.ofSeconds(node.cluster.now - endedAt);
    Duration linkDeath = Duration.ofSeconds(Network.LINK_DEATH);
    if (state != null && Tombstones.mayDrop(state, age, linkDeath)) {
      node.log.write();
      node.cluster.checker.note(node.id() + " drops its tombstone");
      node.state = null;
      node.isTainted = false;
    }
  }
}
