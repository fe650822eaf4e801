package org.quicksilver.transaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A tree of nodes with their processes, one transaction, one thread, one seed. Links lose,
 * duplicate and reorder.
 */
final class Cluster {
  static final int OWNER = 1;

  /** A message, or without one the request of that round. */
  record Envelope(ParticipantId from, ParticipantId to, @Nullable Message message, int round) {}

  final TransactionId tid = new TransactionId(1, 1, 1);
  final Random random;
  final List<SimulatedNode> nodes = new ArrayList<>();
  final List<Envelope> mail = new ArrayList<>();
  final Checker checker = new Checker(this);
  boolean ownerAlive = true;
  private int lastProcess = OWNER;

  Cluster(long seed) {
    random = new Random(seed);
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      SimulatedNode superior = i == 0 ? null : nodes.get(random.nextInt(i));
      nodes.add(new SimulatedNode(this, new NodeId(i + 1), superior));
    }
    root().perform("begin", RootTransaction.begin(tid, OWNER));
    nodes.stream().skip(1).forEach(this::request);
    deliverAll();
    nodes.forEach(this::populate);
  }

  SimulatedNode root() {
    return nodes.get(0);
  }

  private void populate(SimulatedNode node) {
    for (int i = random.nextInt(4); i > 0; i--) {
      join(node);
    }
  }

  void join(SimulatedNode node) {
    if (node.state == null) {
      return;
    }
    SimulatedProcess process =
        new SimulatedProcess(
            node,
            new ProcessParticipant(++lastProcess),
            draw(ParticipationClass.values()),
            draw(DeathEffect.values()),
            random.nextInt(20) == 0
                ? Vote.ABORT
                : draw(new Vote[] {Vote.READ_ONLY, Vote.VOLATILE, Vote.RECOVERABLE}));
    node.processes.add(process);
    Step step = EitherRole.onJoin(node.state, process.joining());
    process.refused = step.refuses(process.id);
    node.perform("join", step);
  }

  private <T> T draw(T[] values) {
    return values[random.nextInt(values.length)];
  }

  /** Registers the subordinate with its superior, then sends the first tagged byte. */
  void request(SimulatedNode node) {
    SimulatedNode superior = node.superior;
    if (superior != null && superior.mayRequest() && node.linkUp) {
      Step step = EitherRole.onJoin(superior.state, Participant.joining(node.id()));
      superior.perform("register", step);
      if (!step.refuses(node.id())) {
        int round = step.state().participants().get(node.id()).round();
        mail.add(new Envelope(superior.id(), node.id(), null, round));
      }
    }
  }

  void send(ParticipantId from, ParticipantId to, Message message) {
    mail.add(new Envelope(from, to, message, 0));
  }

  void deliverAll() {
    while (!mail.isEmpty()) {
      deliver(mail.remove(0));
    }
  }

  /** Messages of an older incarnation are dropped, as are those over a broken link. */
  void deliver(Envelope envelope) {
    if (!isCurrent(envelope.from())) {
      return;
    }
    if (envelope.to() instanceof ProcessParticipant to) {
      find(to).stream().filter(p -> p.alive).forEach(p -> p.receive(envelope.message(), this));
      return;
    }
    SimulatedNode node = find((NodeParticipant) envelope.to());
    if (envelope.from() instanceof NodeParticipant from && isBroken(find(from), node)) {
      return;
    }
    if (envelope.message() == null) {
      node.receiveRequest((NodeParticipant) envelope.from(), envelope.round());
    } else {
      node.receive(envelope.from(), envelope.message());
    }
  }

  private boolean isCurrent(ParticipantId from) {
    return from instanceof NodeParticipant node
        ? find(node).incarnation == node.incarnation()
        : find((ProcessParticipant) from).stream().anyMatch(each -> each.alive);
  }

  private boolean isBroken(SimulatedNode one, SimulatedNode other) {
    return one.superior == other && !one.linkUp || other.superior == one && !other.linkUp;
  }

  private List<SimulatedProcess> find(ProcessParticipant id) {
    return processes().stream().filter(each -> each.id.equals(id)).toList();
  }

  List<SimulatedProcess> processes() {
    return nodes.stream().flatMap(each -> each.processes.stream()).toList();
  }

  SimulatedNode find(NodeParticipant id) {
    return nodes.get((int) id.node().value() - 1);
  }

  void dropMessagesOf(NodeId node) {
    mail.removeIf(each -> isOf(each.from(), node) || isOf(each.to(), node));
  }

  private static boolean isOf(ParticipantId id, NodeId node) {
    return id instanceof NodeParticipant named && named.node().equals(node);
  }

  /** The link of a node to its superior goes down, and both notice. */
  void breakLink(SimulatedNode node) {
    SimulatedNode superior = node.superior;
    if (superior == null || !node.linkUp) {
      return;
    }
    checker.cause("link of " + node.id() + " broke");
    node.linkUp = false;
    mail.removeIf(
        each ->
            isOf(each.from(), node.nodeId) && isOf(each.to(), superior.nodeId)
                || isOf(each.from(), superior.nodeId) && isOf(each.to(), node.nodeId));
    noticeLoss(node, superior);
  }

  private static void noticeLoss(SimulatedNode node, SimulatedNode superior) {
    if (superior.state != null) {
      registered(superior, node)
          .forEach(
              id -> superior.perform("lost", EitherRole.onSubordinateLost(superior.state, id)));
    }
    if (node.state != null) {
      node.perform("superior lost", SubordinateDoubt.onSuperiorLost(node.state, superior.id()));
    }
  }

  private static List<NodeParticipant> registered(SimulatedNode superior, SimulatedNode node) {
    return superior.state.participants().keySet().stream()
        .filter(id -> isOf(id, node.nodeId))
        .map(NodeParticipant.class::cast)
        .toList();
  }

  void mendLink(SimulatedNode node) {
    SimulatedNode superior = node.superior;
    if (superior == null) {
      return;
    }
    node.linkUp = true;
    if (superior.state != null) {
      registered(superior, node).forEach(id -> reachAgain(superior, id, node.id()));
    }
    if (node.state != null) {
      node.perform(
          "superior back", SubordinateDoubt.onSuperiorReconnected(node.state, superior.id()));
    }
  }

  private static void reachAgain(
      SimulatedNode superior, NodeParticipant known, NodeParticipant now) {
    superior.perform("reborn", EitherRole.onReborn(superior.state, known, now));
    superior.perform("reconnected", EitherRole.onReconnected(superior.state, now));
  }

  void crash(SimulatedNode node, boolean power) {
    checker.cause(node.id() + " crashed");
    breakLink(node);
    node.subordinates.forEach(this::breakLink);
    node.crash(power);
    if (power && node == root()) {
      killOwner();
    }
  }

  void kill(SimulatedProcess process) {
    if (process.alive) {
      checker.cause(process.id + " died");
      process.alive = false;
      process.node.reportDeath(process);
    }
  }

  void killOwner() {
    checker.cause("owner died");
    ownerAlive = false;
    SimulatedNode root = root();
    if (root.state != null) {
      root.perform("owner died", RootVoting.onOwnerDied(root.state, OWNER));
    }
  }

  /**
   * A dead process that had prepared comes back under a new incarnation and is known again by its
   * store.
   */
  void revive(SimulatedProcess process) {
    if (process.alive || !process.isPrepared()) {
      return;
    }
    process.formerIds.add(process.id);
    process.id = new ProcessParticipant(++lastProcess);
    process.alive = true;
    process.formerIds.forEach(former -> reportRebirth(process, former));
    if (process.isInDoubt()) {
      send(process.id, process.node.id(), new Message.Inquire());
    }
  }

  /** A log written before an earlier rebirth names an earlier life, so all of them are reported. */
  private static void reportRebirth(SimulatedProcess process, ProcessParticipant former) {
    SimulatedNode node = process.node;
    if (node.state != null) {
      node.perform("reborn", EitherRole.onReborn(node.state, former, process.id));
    }
  }
}
