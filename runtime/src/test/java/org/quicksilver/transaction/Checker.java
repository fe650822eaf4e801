package org.quicksilver.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.quicksilver.transaction.Network.Envelope;

/**
 * Watches every step of a {@link Cluster} and holds it to the safety properties of
 * transaction-manager.md; {@link Liveness} holds its end to the liveness properties.
 *
 * <p>Here, in {@link StepRules} and {@link SendRules}: S1 - S12, S15 - S17; each is named where it
 * is checked, and what it is at {@link RandomScheduleTest}.
 *
 * <p>Two breaches are documented and excepted: who voted volatile, lost its superior and its
 * patience, and whoever hears of the outcome from it or from an operator ({@link
 * SimulatedNode#isTainted}); and a volatile commit whose record is lost with the power.
 */
final class Checker {
  private static final String OVERTAKEN = "the vote request came before the request it is about";

  private final Cluster cluster;
  private final boolean isTraced;
  private final StepRules rules;
  private final SendRules sendRules;
  private final List<String> causes = new ArrayList<>();
  private final Set<SimulatedNode> damageReported = new HashSet<>();
  private @Nullable Outcome truth;
  private boolean isExcused;
  final List<String> trace = new ArrayList<>();

  Checker(Cluster cluster, boolean isTraced) {
    this.cluster = cluster;
    this.isTraced = isTraced;
    rules = new StepRules(cluster, this);
    sendRules = new SendRules(cluster, this);
  }

  @Nullable Outcome truth() {
    return truth;
  }

  boolean isExcused() {
    return isExcused;
  }

  boolean hasCause() {
    return !causes.isEmpty();
  }

  void note(Object what) {
    if (isTraced) {
      trace.add("-- " + what);
    }
  }

  /** Something that may make the transaction abort. */
  void cause(String what) {
    note(what);
    if (causes.isEmpty()) {
      causes.add(what);
    }
  }

  void stepped(Event event) {
    if (isTraced && !event.changesNothing()) {
      trace.add(event.toString());
    }
    event.step().actions().forEach(this::noteRefusal);
    taint(event);
    rules.check(event);
    if (event.decides() && !event.node().isTainted) {
      TransactionState after = event.after();
      learned(after.outcome(), event.node().id(), event.node());
    }
  }

  private void noteRefusal(Action action) {
    boolean isRefusal =
        action instanceof Action.Send send
            && (send.message() instanceof Message.JoinRefused
                || send.message() instanceof Message.VoteCast cast
                    && cast.reasons().contains(OVERTAKEN));
    if (isRefusal) {
      cause("refused: " + action);
    }
  }

  private void taint(Event event) {
    TransactionState after = event.after();
    boolean isAlone =
        after.role() instanceof Role.Subordinate role
            && (role.decidedBy() == Authority.OPERATOR || role.decidedBy() == Authority.ALONE);
    boolean isTold =
        event.decides()
            && event.from() instanceof NodeParticipant from
            && (event.name().equals("End") || event.name().equals("OutcomeIs"))
            && cluster.find(from.node()).isTainted;
    event.node().isTainted |= isAlone || isTold;
  }

  /** S1, S2, S3. */
  void learned(@Nullable Outcome outcome, Object who, SimulatedNode at) {
    if (isExcused || at.isTainted || outcome == null) {
      return;
    }
    if (truth == null) {
      truth = outcome;
      rules.checkDecision(outcome, who);
    }
    assertEquals(truth, outcome, () -> "S1: " + who + " learned otherwise");
  }

  /** S5. */
  void ownerTold(SimulatedNode node, Outcome outcome) {
    note("owner told " + outcome);
    if (outcome == Outcome.COMMITTED && !node.isTainted) {
      rules.checkCommitIsDurable();
    }
    learned(outcome, "the owner", node);
  }

  void sending(SimulatedNode node, Action.Send send) {
    sendRules.checkSending(node, send);
  }

  /** S9. */
  void heardGhost(SimulatedNode node, @Nullable TransactionState before, Envelope ghost) {
    assertEquals(
        before, node.state, () -> "S9: " + node.id() + " heard of an earlier life " + ghost);
  }

  void damageReported(SimulatedNode node) {
    damageReported.add(node);
  }

  /** A volatile commit survives processes, not power (documented). */
  void recordsLost(SimulatedNode node, List<LogRecord> lost) {
    note("lost with the power: " + lost);
    isExcused |= rules.isVolatileDecider(node);
    rules.lostPower(node);
  }

  /**
   * S17, at the end. Where one operator's word was told to one who had another's, the damage of the
   * subtree is reported at its top.
   */
  void finished() {
    for (SimulatedNode node : cluster.nodes) {
      Outcome here = rules.resolvedBy(node);
      if (here != null && truth != null && here != truth && !isExcused) {
        assertFalse(damageReported.isEmpty(), () -> "S17: damage never reported: " + node.id());
      }
    }
  }
}
