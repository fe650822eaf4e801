package org.quicksilver.transaction;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;

/**
 * What must have become of a {@link Cluster} after links have healed and nodes have returned: L1
 * (everything ended, everybody told, S12), L2 (also without the node where it began, if the
 * coordinator had moved), L4 (logs and tables shrink), L5 (the falsely suspected learn it). L3
 * shows in one step, see {@link StepRules}.
 */
final class Liveness {
  private final Cluster cluster;
  private final @Nullable SimulatedNode gone;

  /**
   * For a settled cluster.
   *
   * @param gone the node that never returned; null if all did
   */
  Liveness(Cluster cluster, @Nullable SimulatedNode gone) {
    this.cluster = cluster;
    this.gone = gone;
  }

  boolean isSettled() {
    return cluster.nodes.stream().allMatch(this::isOver);
  }

  /** Who waits for the one that never returns waits in vain, but knows the outcome. */
  private boolean isOver(SimulatedNode node) {
    TransactionState state = node.state;
    return node == gone
        || state == null
        || state.phase().isEnded()
        || state.phase() == SubordinatePhase.READ_ONLY
        || gone != null && state.outcome() != null;
  }

  void check() {
    for (SimulatedNode node : cluster.nodes) {
      assertTrue(isOver(node), () -> (gone == null ? "L1: " : "L2: ") + node.id() + node.state);
    }
    if (gone == null) {
      assertFalse(cluster.owner().waitsForAnswer(), "L1: the owner was never told");
      cluster.processes().stream().filter(each -> each.isAlive).forEach(this::checkProcess);
    }
  }

  private void checkProcess(SimulatedProcess process) {
    assertTrue(
        process.node.fence.admits(process.id), () -> "L5: never heard it is dead: " + process.id);
    if (!process.isRefused) {
      assertTrue(
          isToldRightly(process),
          () -> "S12: " + process.id + " " + process.participation + process.told);
    }
  }

  private static boolean isToldRightly(SimulatedProcess process) {
    boolean ending = process.told.stream().anyMatch(Message.Ending.class::isInstance);
    boolean end = process.told.stream().anyMatch(Message.End.class::isInstance);
    boolean asked = process.told.stream().anyMatch(Message.OutcomeIs.class::isInstance);
    boolean released = asked || process.cast == Vote.READ_ONLY || process.cast == Vote.ABORT;
    return switch (process.participation) {
      case NO_STATE -> !ending && !end;
      case ONE_PHASE_IMMEDIATE -> ending && !end;
      case ONE_PHASE_STANDARD, ONE_PHASE_DELAYED -> !ending && end;
      case TWO_PHASE -> !ending && (end || released);
    };
  }

  /** L4, once the tombstones are old. */
  void checkNothingIsLeft() {
    if (gone != null) {
      return;
    }
    for (SimulatedNode node : cluster.nodes) {
      assertTrue(node.state == null, () -> "L4: left at " + node.id() + ": " + node.state);
      assertTrue(
          Recovery.replay(node.log.records()).isEmpty(),
          () -> "L4: the log of " + node.id() + " keeps " + node.log.records());
    }
  }
}
