package org.quicksilver.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Watches every step of a {@link Cluster} and holds it to the properties of transaction-manager.md.
 */
final class Checker {
  private static final String OVERTAKEN = "the vote request came before the request it is about";

  private final Cluster cluster;
  private final Set<Outcome> learned = EnumSet.noneOf(Outcome.class);
  private final List<String> causes = new ArrayList<>();
  private final Set<ParticipantId> delayedTold = new HashSet<>();
  final List<String> trace = new ArrayList<>();

  Checker(Cluster cluster) {
    this.cluster = cluster;
  }

  void cause(String what) {
    trace.add("-- " + what);
    causes.add(what);
  }

  /** S1, S2, S3. */
  void learned(Outcome outcome, Object who) {
    learned.add(outcome);
    assertEquals(1, learned.size(), () -> "S1: " + who + " learned " + outcome);
    if (outcome == Outcome.COMMITTED) {
      cluster.processes().stream()
          .filter(each -> each.isTwoPhase() && !each.refused)
          .forEach(each -> assertVotedFor(each));
    } else {
      assertFalse(causes.isEmpty(), () -> "S3: " + who + " aborted without a cause");
    }
  }

  private static void assertVotedFor(SimulatedProcess process) {
    Vote cast = process.cast;
    assertTrue(cast != null && cast != Vote.ABORT, () -> "S2: " + process.id + " cast " + cast);
  }

  /** S3, S4, S9, S10; and every message of a refusal is a cause. */
  void stepped(SimulatedNode node, String event, @Nullable TransactionState before, Step step) {
    TransactionState after = step.state();
    step.actions().forEach(this::noteRefusal);
    if (!after.equals(before) || !step.actions().isEmpty()) {
      trace.add(
          node.id() + " " + event + ": " + name(before) + " -> " + name(after) + step.actions());
    }
    if (before != null && before.outcome() != null) {
      assertEquals(before.outcome(), after.outcome(), "S4");
    }
    if (after.outcome() != null && (before == null || before.outcome() == null)) {
      decided(after, event, before);
    }
  }

  private void noteRefusal(Action action) {
    if (action instanceof Action.Send send
        && (send.message() instanceof Message.JoinRefused
            || send.message() instanceof Message.VoteCast cast
                && cast.reasons().contains(OVERTAKEN))) {
      cause("refused: " + send);
    }
  }

  private void decided(TransactionState after, String event, @Nullable TransactionState before) {
    if (after.outcome() == Outcome.ABORTED) {
      assertTrue(after.isFailed(), "S3: aborted without a reason");
    }
    if (before != null && before.phase() == SubordinatePhase.PREPARED) {
      assertTrue(event.equals("End") || event.equals("OutcomeIs"), () -> "S10: " + event);
    }
    boolean alone =
        after.role() instanceof Role.Subordinate role && role.decidedBy() == Authority.ALONE;
    if (!alone) {
      learned(Objects.requireNonNull(after.outcome()), after.tid());
    }
  }

  private static String name(@Nullable TransactionState state) {
    return state == null ? "-" : state.phase().toString();
  }

  /** S12 as seen by the sender. */
  void sending(SimulatedNode node, Action.Send send) {
    Participant to = Objects.requireNonNull(node.state).find(send.to());
    if (to == null || !(send.message() instanceof Message.End end)) {
      return;
    }
    assertFalse(to.isLeftOut() || to.isImmediate(), () -> "S12: end sent to " + to);
    if (to.isDelayed() && delayedTold.add(to.id())) {
      node.state.each().filter(each -> !each.isDelayed()).forEach(each -> ended(each, end));
    }
  }

  private static void ended(Participant other, Message.End end) {
    boolean unreachable = end.outcome() == Outcome.ABORTED && !other.reachable();
    assertTrue(
        other.progress() == Progress.ENDED || unreachable,
        () -> "S12: a delayed participant told before " + other);
  }

  /** S5. */
  void toldOwner(SimulatedNode root, Outcome outcome) {
    learned(outcome, "owner");
    boolean bound = cluster.processes().stream().anyMatch(each -> each.alive && each.isPrepared());
    if (outcome == Outcome.COMMITTED && bound) {
      assertFalse(root.log.isEmpty(), "S5: told committed, nothing in the log");
    }
  }

  /** L1, L4 and S12 as seen by the participants, after everything has been delivered. */
  void finished() {
    for (SimulatedNode node : cluster.nodes) {
      boolean over = node.state == null || node.state.phase().isEnded();
      assertTrue(over, () -> "L1: " + node.id() + " is " + node.state);
    }
    cluster.processes().stream().filter(each -> each.alive && !each.refused).forEach(this::told);
  }

  private void told(SimulatedProcess process) {
    boolean ending = process.told.stream().anyMatch(Message.Ending.class::isInstance);
    boolean end = process.told.stream().anyMatch(Message.End.class::isInstance);
    boolean asked = process.told.stream().anyMatch(Message.OutcomeIs.class::isInstance);
    boolean released = asked || process.cast == Vote.READ_ONLY || process.cast == Vote.ABORT;
    boolean right =
        switch (process.participation) {
          case NO_STATE -> !ending && !end;
          case ONE_PHASE_IMMEDIATE -> ending && !end;
          case ONE_PHASE_STANDARD, ONE_PHASE_DELAYED -> !ending && end;
          case TWO_PHASE -> !ending && (end || released);
        };
    assertTrue(right, () -> "S12: " + process.id + " " + process.participation + process.told);
  }
}
