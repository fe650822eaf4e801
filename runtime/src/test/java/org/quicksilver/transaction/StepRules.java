package org.quicksilver.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The safety properties that show in one step; see {@link Checker}. */
final class StepRules {
  private static final Set<String> WORDS_OF_OTHERS =
      Set.of("End", "OutcomeIs", "operator", "agreed");

  private final Cluster cluster;
  private final Checker checker;
  private final Map<SimulatedNode, Outcome> resolved = new HashMap<>();
  private @Nullable SimulatedNode decider;
  private boolean isBound;

  StepRules(Cluster cluster, Checker checker) {
    this.cluster = cluster;
    this.checker = checker;
  }

  void check(Event event) {
    TransactionState before = event.before();
    if (before != null) {
      checkChange(event, before);
    }
    if (event.decides(Outcome.ABORTED)) {
      assertTrue(event.after().isFailed(), () -> "S3: aborted without a reason: " + event);
    }
    if (event.isAtRoot()) {
      checkRoot(event);
    }
    if (event.after().ownership().isHere()) {
      checkOneOwner(event);
    }
  }

  private void checkChange(Event event, TransactionState before) {
    TransactionState after = event.after();
    if (before.outcome() != null) {
      assertEquals(before.outcome(), after.outcome(), () -> "S4: " + event);
    }
    if (before.phase() == SubordinatePhase.PREPARED && event.decides()) {
      assertTrue(WORDS_OF_OTHERS.contains(event.name()), () -> "S10: decided alone: " + event);
    }
    if (before.phase() == SubordinatePhase.READ_ONLY && after.phase() == SubordinatePhase.ACTIVE) {
      assertNotEquals(Outcome.COMMITTED, checker.truth(), () -> "S11: re-joined late: " + event);
    }
    if (before.phase() == SubordinatePhase.FORCING_HEURISTIC && event.name().equals("forced")) {
      resolved.put(event.node(), Objects.requireNonNull(after.outcome()));
    }
    if (event.name().equals("owner died") && hangsOnOwner(before)) {
      assertTrue(event.decides(Outcome.ABORTED), () -> "L3: the owner died: " + event);
    }
  }

  private static boolean hangsOnOwner(TransactionState state) {
    boolean isActive =
        state.phase() == RootPhase.ACTIVE || state.phase() == SubordinatePhase.ACTIVE;
    return isActive && state.ownership().isHere() && !state.ownership().wantsCommit();
  }

  private void checkRoot(Event event) {
    TransactionState before = event.before();
    if (before == null || before.role() instanceof Role.Subordinate) {
      checkOneCoordinator(event);
    }
    if (before != null && before.phase() == RootPhase.ACTIVE) {
      checkFailureIsNoTermination(event, before);
    }
    if (event.decides(Outcome.COMMITTED)) {
      decider = event.node();
      isBound =
          event.name().equals("agreed")
              || before != null && Ballots.highest(before) == Vote.RECOVERABLE;
      checkCommitIsDurable();
    }
    if (event.name().equals("restarted") && decider == null && isCommitted(event)) {
      decider = event.node();
      isBound = true;
    }
    if (event.enters(RootPhase.ENDED) && event.after().outcome() == Outcome.COMMITTED) {
      checkNobodyIsInDoubt();
    }
  }

  /** Only the way to its owner takes the transaction with it. */
  private static void checkFailureIsNoTermination(Event event, TransactionState before) {
    if (event.name().equals("lost") && event.decides()) {
      assertTrue(
          event.from() != null && before.ownership().isReachedBy(event.from()),
          () -> "failure is not termination: " + event);
    }
  }

  /** What was durable, and not yet reported so, when the power failed, has been decided. */
  private static boolean isCommitted(Event event) {
    return event.after().outcome() == Outcome.COMMITTED;
  }

  /** S16. */
  private void checkOneCoordinator(Event event) {
    long coordinators =
        cluster.nodes.stream()
            .filter(each -> each.state != null && each.state.role() instanceof Role.Root)
            .filter(each -> !each.state.phase().isEnded())
            .count();
    assertTrue(coordinators <= 1, () -> "S16: two coordinators: " + event);
  }

  /** The former owner and the next one are never both sure to be it. */
  private void checkOneOwner(Event event) {
    long owners =
        cluster.nodes.stream()
            .filter(each -> each.state != null && each.state.outcome() == null)
            .filter(each -> each.state.ownership().isHere())
            .filter(each -> each.state.ownership().goesTo() == null)
            .count();
    assertTrue(owners <= 1, () -> "two owners: " + event);
  }

  /** S7. */
  private void checkNobodyIsInDoubt() {
    for (SimulatedNode node : cluster.nodes) {
      assertFalse(
          isInDoubt(node) && !checker.isExcused(),
          () -> "S7: forgotten, but in doubt: " + node.id());
    }
  }

  private static boolean isInDoubt(SimulatedNode node) {
    boolean isFromLog = node.state == null && !node.isRunning();
    TransactionState state =
        isFromLog ? Recovery.replay(node.log.records()).orElse(null) : node.state;
    return state != null
        && (state.phase() == SubordinatePhase.PREPARED
            || state.phase() == SubordinatePhase.FORCING_COMMIT);
  }

  /** Whether this node has committed, and nothing was forced for it. */
  boolean isVolatileDecider(SimulatedNode node) {
    return node == decider && !isBound;
  }

  void lostPower(SimulatedNode node) {
    node.isTainted &= resolved.containsKey(node);
  }

  @Nullable Outcome resolvedBy(SimulatedNode node) {
    return resolved.get(node);
  }

  /** S5. */
  void checkCommitIsDurable() {
    SimulatedNode node = decider;
    MajorityLog majority = cluster.majority;
    if (majority != null && majority.first() != null) {
      assertEquals(Outcome.COMMITTED, majority.first(), "S5: committed, and the log has an abort");
    } else if (node != null && isBound) {
      assertTrue(node.log.hasForcedCommit(), "S5: committed, and no COMMIT record is durable");
    } else if (!checker.isExcused()) {
      assertTrue(node != null, "S5: told committed before it was");
    }
  }

  /** S2, S3, S8: when the outcome is first learned anywhere. */
  void checkDecision(Outcome outcome, Object who) {
    if (outcome == Outcome.ABORTED) {
      assertTrue(checker.hasCause(), () -> "S3: " + who + " aborted without a cause");
      return;
    }
    for (SimulatedProcess each : cluster.processes()) {
      boolean mustVote = each.isTwoPhase() && !each.isRefused && !each.node.isTainted;
      boolean voted = each.cast != null && each.cast != Vote.ABORT;
      assertTrue(voted || !mustVote, () -> "S2: committed, and " + each.id + " cast " + each.cast);
    }
    cluster.nodes.forEach(this::checkHangsOnTree);
  }

  /** S8: whoever waits for the outcome hangs on the tree of primary superiors. */
  private void checkHangsOnTree(SimulatedNode node) {
    SimulatedNode each = node;
    for (int hops = 0; hops <= cluster.nodes.size(); hops++) {
      TransactionState state = each.state;
      if (state == null
          || state.phase().isEnded()
          || !(state.role() instanceof Role.Subordinate role)) {
        return;
      }
      each = cluster.find(role.primary().node());
    }
    assertTrue(checker.isExcused(), () -> "S8: " + node.id() + " hangs on a cycle");
  }
}
