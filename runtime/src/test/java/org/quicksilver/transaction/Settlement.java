package org.quicksilver.transaction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Links heal, nodes return, timers run out, within a bounded number of rounds; now and then the
 * node where the transaction began never returns, if the coordinator has moved away from it or a
 * replicated log decides.
 */
final class Settlement {
  private static final int ROUNDS = 16;
  private static final int MESSAGES = 3_000;

  private final Cluster cluster;
  private final @Nullable SimulatedNode gone;
  private final Liveness liveness;

  Settlement(Cluster cluster) {
    this.cluster = cluster;
    gone = drawGone();
    liveness = new Liveness(cluster, gone);
  }

  private @Nullable SimulatedNode drawGone() {
    SimulatedNode first = cluster.nodes.get(0);
    boolean isElsewhere =
        cluster.nodes.stream()
            .filter(each -> each != first && each.state != null)
            .anyMatch(each -> each.state.role() instanceof Role.Root);
    return (isElsewhere || cluster.majority != null) && cluster.random.nextInt(4) == 0
        ? first
        : null;
  }

  void settle() {
    if (gone != null) {
      gone.crash(cluster.random.nextBoolean());
      cluster.linksOf(gone).forEach(link -> link.isCut = true);
    }
    for (int round = 0; round < ROUNDS; round++) {
      round(round);
      if (round > 2 && liveness.isSettled() && !cluster.owner().waitsForAnswer()) {
        break;
      }
    }
    liveness.check();
    clear();
    liveness.checkNothingIsLeft();
    if (gone == null) {
      cluster.checker.finished();
    }
  }

  private void round(int round) {
    cluster.now += Network.LINK_DEATH;
    here().forEach(SimulatedNode::restart);
    here().forEach(SimulatedNode::recover);
    cluster.links().forEach(this::heal);
    cluster.processes().forEach(SimulatedProcess::revive);
    here().forEach(each -> each.processes.forEach(SimulatedProcess::nodeIsBack));
    calm();
    if (round > 0) {
      cluster.owner().insist();
      calm();
    }
    here().forEach(each -> each.timers.fire(Timer.INQUIRY));
    calm();
    if (round > ROUNDS / 2) {
      loseHope();
    }
  }

  /** A vote that does not come, and a superior that never returns. */
  private void loseHope() {
    here().forEach(each -> each.timers.fire(Timer.VOTE));
    if (gone != null) {
      here().forEach(each -> each.timers.fire(Timer.PATIENCE));
    }
    calm();
  }

  private List<SimulatedNode> here() {
    return cluster.nodes.stream().filter(each -> each != gone).toList();
  }

  private void heal(SimulatedLink link) {
    if (link.one == gone || link.other == gone) {
      link.notice(link.one, cluster.now);
      link.notice(link.other, cluster.now);
    } else {
      link.isCut = false;
      link.mend(cluster.now);
    }
  }

  /** Everything is delivered and written. */
  private void calm() {
    for (int i = 0; i < MESSAGES; i++) {
      if (!cluster.network.mail.isEmpty()) {
        cluster.network.deliver(cluster.network.mail.get(0));
      } else if (cluster.isAgreeing()) {
        cluster.agree();
      } else if (cluster.nodes.stream().anyMatch(Settlement::isForcing)) {
        cluster.nodes.forEach(SimulatedNode::forced);
      } else {
        return;
      }
    }
    throw new AssertionError("L1: messages without end");
  }

  private static boolean isForcing(SimulatedNode node) {
    return node.isRunning() && node.log.isForcing();
  }

  /** Tombstones grow old. */
  private void clear() {
    cluster.now += 2 * Network.LINK_DEATH;
    here().forEach(each -> each.timers.fire(Timer.RETENTION));
    calm();
    cluster.now += 2 * Network.LINK_DEATH;
    here().forEach(each -> each.timers.dropTombstone());
  }
}
