package org.quicksilver.transaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Three to five nodes with their processes, one transaction, one thread, one seed. */
final class Cluster {
  private static final int CRASHES_PER_ACTIONS = 60;

  final TransactionId tid = new TransactionId(1, 1, 1);
  final Random random;
  final Network network = new Network(this);
  final Saboteur saboteur;
  final Checker checker;
  final List<SimulatedNode> nodes = new ArrayList<>();
  private final List<SimulatedLink> links = new ArrayList<>();
  private @Nullable SimulatedOwner owner;

  /** Where outcomes are decided; null if the coordinator's own log is it. */
  final @Nullable MajorityLog majority;

  int now;

  /** Whether nodes may die between two actions. */
  boolean isPerilous;

  private int lastProcess;

  Cluster(long seed, Mutation mutation, boolean isTraced) {
    random = new Random(seed);
    checker = new Checker(this, isTraced);
    saboteur = new Saboteur(this, mutation);
    majority = random.nextInt(4) == 0 ? new MajorityLog(random) : null;
    int count = 3 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      addNode(new SimulatedNode(this, new NodeId(i + 1), draw(Sturdiness.values())));
    }
    owner = new SimulatedOwner(this, nodes.get(0));
    owner.begin();
    growTree();
  }

  /** One exchange in the replicated log, if there is one. */
  void agree() {
    if (majority != null) {
      majority.step();
    }
  }

  boolean isAgreeing() {
    return majority != null && majority.isBusy();
  }

  SimulatedOwner owner() {
    return Objects.requireNonNull(owner);
  }

  private void addNode(SimulatedNode node) {
    nodes.forEach(each -> links.add(new SimulatedLink(each, node)));
    nodes.add(node);
  }

  private void growTree() {
    for (int i = 1; i < nodes.size(); i++) {
      if (random.nextInt(6) > 0) {
        nodes.get(random.nextInt(i)).peers.request(nodes.get(i));
        while (!network.mail.isEmpty()) {
          network.deliver(network.mail.get(0));
        }
      }
    }
    nodes.forEach(this::populate);
  }

  private void populate(SimulatedNode node) {
    for (int i = random.nextInt(4); i > 0; i--) {
      join(node);
    }
  }

  void join(SimulatedNode node) {
    Vote inclination =
        random.nextInt(25) == 0
            ? Vote.ABORT
            : draw(new Vote[] {Vote.READ_ONLY, Vote.VOLATILE, Vote.RECOVERABLE});
    new SimulatedProcess(
            node,
            nextProcess(),
            draw(ParticipationClass.values()),
            draw(DeathEffect.values()),
            inclination)
        .join();
  }

  <T> T draw(T[] values) {
    return values[random.nextInt(values.length)];
  }

  <T> T draw(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  ProcessParticipant nextProcess() {
    return new ProcessParticipant(++lastProcess);
  }

  /** Draws whether this node dies before its next action. */
  boolean diesNow(SimulatedNode node) {
    if (isPerilous && random.nextInt(CRASHES_PER_ACTIONS) == 0) {
      node.crash(random.nextBoolean());
    }
    return !node.isRunning();
  }

  /** The coordinator's role moves, if there is a coordinator. */
  void migrate() {
    for (SimulatedNode node : nodes) {
      TransactionState state = node.known();
      if (state != null && state.phase() == RootPhase.ACTIVE) {
        List<NodeParticipant> below =
            state.participants().keySet().stream()
                .filter(NodeParticipant.class::isInstance)
                .map(NodeParticipant.class::cast)
                .toList();
        if (!below.isEmpty()) {
          node.perform("hands over", CoordinatorMigration.handOver(state, draw(below)));
        }
      }
    }
  }

  SimulatedNode find(NodeId id) {
    return nodes.get((int) id.value() - 1);
  }

  TransactionState stateOf(SimulatedNode node) {
    return Objects.requireNonNull(node.state);
  }

  List<SimulatedProcess> processes() {
    List<SimulatedProcess> all = new ArrayList<>();
    nodes.forEach(each -> all.addAll(each.processes));
    return all;
  }

  List<SimulatedProcess> processes(ProcessParticipant id) {
    return processes().stream().filter(each -> each.id.equals(id)).toList();
  }

  List<SimulatedLink> links() {
    return links;
  }

  /** Null between a node and itself. */
  @Nullable SimulatedLink link(SimulatedNode one, SimulatedNode other) {
    for (SimulatedLink link : links) {
      if (link.joins(one, other)) {
        return link;
      }
    }
    return null;
  }

  List<SimulatedLink> linksOf(SimulatedNode node) {
    return links.stream().filter(each -> each.one == node || each.other == node).toList();
  }
}
