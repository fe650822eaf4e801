package org.quicksilver.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Random schedules of the real core: S1 - S5, S9, S10, S12, L1 and L3. A failure prints its seed
 * and its schedule.
 */
final class RandomScheduleTest {
  private static final int SCHEDULES = Integer.getInteger("quicksilver.schedules", 3_000);
  private static final int STEPS = 60;

  @Test
  void propertiesHoldInEverySchedule() {
    Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    for (long seed = 0; seed < SCHEDULES; seed++) {
      TransactionState root = run(seed, new Cluster(seed)).root().state;
      if (root != null && root.outcome() != null) {
        outcomes.merge(root.outcome(), 1, Integer::sum);
      }
    }
    assertTrue(
        outcomes.values().stream().allMatch(count -> count > SCHEDULES / 10)
            && outcomes.size() == 2,
        () -> "the schedules are lopsided: " + outcomes);
  }

  @Test
  void theSameSeedGivesTheSameSchedule() {
    for (long seed = 0; seed < 50; seed++) {
      List<String> once = run(seed, new Cluster(seed)).checker.trace;
      assertEquals(once, run(seed, new Cluster(seed)).checker.trace, "seed " + seed);
    }
  }

  private static Cluster run(long seed, Cluster cluster) {
    try {
      storm(cluster);
      settle(cluster);
      cluster.checker.finished();
      return cluster;
    } catch (AssertionError | RuntimeException failure) {
      String trace = String.join("\n", cluster.checker.trace);
      throw new AssertionError(
          "seed " + seed + ": " + failure.getMessage() + "\n" + trace, failure);
    }
  }

  private static void storm(Cluster cluster) {
    int endsAt = cluster.random.nextInt(STEPS);
    int faultsPerMille = cluster.random.nextInt(3) * 40;
    for (int step = 0; step < STEPS; step++) {
      if (step == endsAt) {
        end(cluster);
      } else if (cluster.random.nextInt(1_000) < faultsPerMille) {
        fault(cluster);
      } else {
        proceed(cluster, faultsPerMille > 0);
      }
    }
  }

  private static void end(Cluster cluster) {
    TransactionState state = cluster.root().state;
    if (state == null || !cluster.ownerAlive) {
      return;
    }
    if (cluster.random.nextInt(5) > 0) {
      cluster.root().perform("commit", RootVoting.onOwnerCommits(state, 0));
    } else {
      cluster.checker.cause("owner aborts");
      cluster.root().perform("abort", RootVoting.onOwnerAborts(state, "changed its mind"));
    }
  }

  private static void fault(Cluster cluster) {
    SimulatedNode node = any(cluster, cluster.nodes);
    switch (cluster.random.nextInt(9)) {
      case 0 -> cluster.crash(node, true);
      case 1 -> cluster.crash(node, false);
      case 2, 3 -> cluster.breakLink(node);
      case 4, 5 -> {
        if (!node.processes.isEmpty()) {
          cluster.kill(any(cluster, node.processes));
        }
      }
      case 6 -> aborts(cluster, node);
      case 7 -> cluster.killOwner();
      default -> timeout(cluster, node);
    }
  }

  private static void aborts(Cluster cluster, SimulatedNode node) {
    if (node.state != null && !node.processes.isEmpty()) {
      SimulatedProcess process = any(cluster, node.processes);
      cluster.checker.cause(process.id + " aborts");
      node.perform("aborts", EitherRole.onParticipantAborts(node.state, process.id, "no"));
    }
  }

  private static void timeout(Cluster cluster, SimulatedNode node) {
    if (node.timers.containsKey(Timer.VOTE)) {
      cluster.checker.cause("vote timed out");
      fire(node, Timer.VOTE);
    }
  }

  /** A lonely abort is a documented breach of S1, so nobody loses patience here. */
  private static void fire(SimulatedNode node, Timer timer) {
    Integer attempt = node.timers.remove(timer);
    if (attempt != null && node.state != null) {
      node.perform(timer.name(), EitherRole.onTimer(node.state, timer, attempt));
    }
  }

  private static void proceed(Cluster cluster, boolean faulty) {
    SimulatedNode node = any(cluster, cluster.nodes);
    switch (cluster.random.nextInt(12)) {
      case 0 -> cluster.join(node);
      case 1 -> cluster.request(node);
      case 2 -> forced(node);
      case 3 -> {
        if (faulty) {
          cluster.mendLink(node);
          node.processes.forEach(cluster::revive);
        }
      }
      case 4 -> fire(node, Timer.INQUIRY);
      default -> deliverAny(cluster);
    }
  }

  private static void deliverAny(Cluster cluster) {
    if (!cluster.mail.isEmpty()) {
      Cluster.Envelope envelope = any(cluster, cluster.mail);
      // A duplicated request is the business of "at most once" (S18), not of the transaction
      // manager.
      if (envelope.message() == null || cluster.random.nextInt(8) > 0) {
        cluster.mail.remove(envelope);
      }
      cluster.deliver(envelope);
    }
  }

  private static void forced(SimulatedNode node) {
    if (!node.forcing.isEmpty()) {
      LogRecord log = node.forcing.remove(0);
      node.log.add(log);
      if (node.state != null) {
        node.perform("forced", EitherRole.onForced(node.state, log));
      }
    }
  }

  private static <T> T any(Cluster cluster, List<T> some) {
    return some.get(cluster.random.nextInt(some.size()));
  }

  /** Links heal, nodes return, messages flow: everything has to end. */
  private static void settle(Cluster cluster) {
    cluster.nodes.forEach(cluster::mendLink);
    cluster.processes().forEach(cluster::revive);
    deliverAndForce(cluster);
    cluster.killOwner();
    for (int round = 0; round < 12; round++) {
      cluster.nodes.forEach(cluster::mendLink);
      cluster.processes().forEach(cluster::revive);
      cluster.processes().stream().filter(p -> p.alive).forEach(RandomScheduleTest::reconnect);
      deliverAndForce(cluster);
      cluster.nodes.forEach(node -> fire(node, Timer.INQUIRY));
    }
    cluster.nodes.forEach(node -> fire(node, Timer.RETENTION));
  }

  /** A process that comes back announces what it still holds, and asks if it is in doubt. */
  private static void reconnect(SimulatedProcess process) {
    SimulatedNode node = process.node;
    if (node.state != null) {
      node.perform("reconnected", EitherRole.onReconnected(node.state, process.id));
      if (node.state.phase().isEnded() && process.told.isEmpty()) {
        node.perform("join", EitherRole.onJoin(node.state, process.joining()));
      }
    }
    if (process.isInDoubt()) {
      node.cluster.send(process.id, node.id(), new Message.Inquire());
    }
  }

  private static void deliverAndForce(Cluster cluster) {
    boolean busy = true;
    while (busy) {
      cluster.deliverAll();
      cluster.nodes.forEach(RandomScheduleTest::forced);
      busy = !cluster.mail.isEmpty() || cluster.nodes.stream().anyMatch(n -> !n.forcing.isEmpty());
    }
  }
}
