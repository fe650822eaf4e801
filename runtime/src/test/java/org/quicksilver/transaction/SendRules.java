package org.quicksilver.transaction;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;

/** The safety properties that show in what is said; see {@link Checker}. */
final class SendRules {
  private final Cluster cluster;
  private final Checker checker;
  private final Set<ParticipantId> delayedTold = new HashSet<>();

  SendRules(Cluster cluster, Checker checker) {
    this.cluster = cluster;
    this.checker = checker;
  }

  /** S6, S12 as the sender sees it, S17. */
  void checkSending(SimulatedNode node, Action.Send send) {
    if (send.message() instanceof Message.OutcomeIs answer) {
      checkAnswer(node, send, answer);
    }
    Participant to = node.state == null ? null : node.state.find(send.to());
    if (to != null && send.message() instanceof Message.End end) {
      assertFalse(to.isLeftOut() || to.isImmediate(), () -> "S12: end sent to " + to);
      if (to.isDelayed() && delayedTold.add(to.id())) {
        cluster.stateOf(node).each().forEach(each -> checkEndedBefore(each, end));
      }
    }
  }

  /** Only a tombstone is there, or the coordinator's own name: presumed abort, whoever decided. */
  private static boolean hasLostIt(SimulatedNode node, Role.Subordinate role) {
    return role.coordinator() == null || role.coordinator().equals(node.nodeId);
  }

  private void checkAnswer(SimulatedNode node, Action.Send send, Message.OutcomeIs answer) {
    boolean isOwnWord =
        node.state != null
            && node.state.role() instanceof Role.Subordinate role
            && role.decidedBy() != Authority.COORDINATOR
            && !hasLostIt(node, role);
    assertFalse(
        isOwnWord && send.to() instanceof NodeParticipant,
        () -> "S17: " + node.id() + " passes on what is not the coordinator's word");
    boolean isTrue = answer.outcome() != Outcome.ABORTED || checker.truth() != Outcome.COMMITTED;
    assertTrue(
        isTrue || node.isTainted || checker.isExcused(),
        () -> "S6: " + node.id() + " answers abort of what is committed");
  }

  private static void checkEndedBefore(Participant other, Message.End end) {
    boolean unreachable = end.outcome() == Outcome.ABORTED && !other.reachable();
    assertTrue(
        other.isDelayed() || other.progress() == Progress.ENDED || unreachable,
        () -> "S12: a delayed participant told before " + other);
  }
}
