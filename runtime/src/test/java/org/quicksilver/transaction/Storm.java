package org.quicksilver.transaction;

import java.util.List;
import java.util.Random;

/** What happens to a {@link Cluster} before it is left in peace: everything, at random. */
final class Storm {
  private static final int STEPS = 120;

  private final Cluster cluster;
  private final Random random;
  private final int endsAt;
  private final int faultsPerMille;
  private final int faultsBegin;

  Storm(Cluster cluster) {
    this.cluster = cluster;
    random = cluster.random;
    endsAt = random.nextInt(STEPS / 2);
    faultsPerMille = random.nextInt(4) * 25;
    faultsBegin = random.nextBoolean() ? 0 : endsAt;
  }

  void rage() {
    boolean isPerilous = faultsPerMille > 0 && random.nextBoolean();
    for (int step = 0; step < STEPS; step++) {
      cluster.now++;
      cluster.links().forEach(this::noticeInTime);
      cluster.network.deliverOverdue();
      cluster.isPerilous = isPerilous && step >= faultsBegin;
      if (step == endsAt) {
        end();
      } else if (step >= faultsBegin && random.nextInt(1_000) < faultsPerMille) {
        fault();
      } else {
        proceed();
      }
    }
    cluster.isPerilous = false;
  }

  private void noticeInTime(SimulatedLink link) {
    if (link.brokenSince >= 0 && cluster.now - link.brokenSince >= Network.LINK_DEATH) {
      link.notice(link.one, cluster.now);
      link.notice(link.other, cluster.now);
    }
  }

  private void end() {
    int choice = random.nextInt(8);
    if (choice == 0) {
      cluster.owner().abort();
    } else if (choice < 7) {
      cluster.owner().commit();
      cluster.owner().closeRequest();
      cluster.owner().commit();
    }
  }

  private void proceed() {
    SimulatedNode node = cluster.draw(cluster.nodes);
    switch (random.nextInt(33)) {
      case 0 -> cluster.join(node);
      case 1 -> node.peers.request(cluster.draw(cluster.nodes));
      case 2, 3, 4 -> node.forced();
      case 5 -> node.timers.fire(Timer.INQUIRY);
      case 6 -> node.timers.fire(Timer.RETENTION);
      case 7 -> node.timers.dropTombstone();
      case 8, 15 -> cluster.nodes.forEach(this::recover);
      case 9, 14 -> cluster.draw(cluster.links()).mend(cluster.now);
      case 10 -> node.processes.forEach(SimulatedProcess::revive);
      case 11 -> sometimes(cluster::migrate);
      case 12 -> sometimes(cluster.owner()::hand);
      case 13 -> sometimes(cluster.owner()::openRequest);
      case 17, 18, 19, 20 -> agree();
      case 16 -> sometimes(() -> cluster.owner().handAbroad(node));
      default -> deliver();
    }
  }

  private void sometimes(Runnable event) {
    if (random.nextInt(4) == 0) {
      event.run();
    }
  }

  private void recover(SimulatedNode node) {
    if (random.nextBoolean()) {
      node.recover();
      node.restart();
    }
  }

  private void deliver() {
    List<Network.Envelope> mail = cluster.network.mail;
    if (!mail.isEmpty()) {
      Network.Envelope envelope = cluster.draw(mail);
      if (random.nextInt(8) == 0) {
        cluster.network.duplicate(envelope);
      }
      cluster.network.deliver(envelope);
    }
  }

  private void fault() {
    SimulatedNode node = cluster.draw(cluster.nodes);
    SimulatedLink link = cluster.draw(cluster.links());
    switch (random.nextInt(16)) {
      case 0, 1 -> node.crash(random.nextBoolean());
      case 2 -> loseAny();
      case 3 -> cut(link);
      case 4, 5 -> reportFailed(link);
      case 6, 7 -> withProcess(node, SimulatedProcess::die);
      case 8 -> withProcess(node, SimulatedProcess::suspect);
      case 9 -> withProcess(node, SimulatedProcess::wantsAbort);
      case 10 -> cluster.owner().die();
      case 11 -> timeOut(node, Timer.VOTE);
      case 12 -> timeOut(node, Timer.PATIENCE);
      case 13 -> suspect(node, link);
      case 14 -> cluster.nodes.forEach(this::resolve);
      default -> ghost();
    }
  }

  /** Who has proposed is at its most vulnerable. */
  private void agree() {
    if (cluster.isAgreeing() && faultsPerMille > 0 && random.nextInt(12) == 0) {
      cluster.agree();
      cluster.nodes.get(0).crash(true);
    }
    cluster.agree();
  }

  private void cut(SimulatedLink link) {
    link.isCut = !link.isCut;
    if (cluster.majority != null) {
      cluster.majority.disturb();
    }
  }

  private void loseAny() {
    if (!cluster.network.mail.isEmpty()) {
      cluster.network.lose(cluster.draw(cluster.network.mail));
    }
  }

  /** One end hears that the link is lost, and what it sent is delivered all the same. */
  private void reportFailed(SimulatedLink link) {
    link.notice(random.nextBoolean() ? link.one : link.other, cluster.now);
  }

  private interface Fate {
    void strike(SimulatedProcess process);
  }

  private void withProcess(SimulatedNode node, Fate fate) {
    if (!node.processes.isEmpty()) {
      fate.strike(cluster.draw(node.processes));
    }
  }

  private void timeOut(SimulatedNode node, Timer timer) {
    if (node.timers.isRunning(timer)) {
      cluster.checker.cause(timer + " has run out");
      node.timers.fire(timer);
    }
  }

  /** One end declares the other dead, which lives on. */
  private void suspect(SimulatedNode node, SimulatedLink link) {
    boolean mayBe = (link.one == node || link.other == node) && node.isRunning();
    if (mayBe && link.isUpAt(node)) {
      node.fence = node.fence.onDeclaredDead(link.introducedTo(node));
      link.notice(node, cluster.now);
    }
  }

  private void resolve(SimulatedNode node) {
    TransactionState state = node.known();
    boolean isInDoubt = state != null && state.phase() == SubordinatePhase.PREPARED;
    if (isInDoubt && random.nextBoolean()) {
      Outcome outcome = cluster.draw(Outcome.values());
      node.perform("operator", SubordinateDoubt.onOperatorResolves(state, outcome));
    }
  }

  private void ghost() {
    if (!cluster.network.ghosts.isEmpty()) {
      cluster.network.deliverGhost(cluster.draw(cluster.network.ghosts));
    }
  }
}
