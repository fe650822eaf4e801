package org.quicksilver.transaction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome as one entry of a replicated log: the first entry for a transaction wins, whoever
 * wrote it. The coordinator proposes the commit there instead of forcing a record of its own; who
 * is in doubt for long proposes the abort, and so learns the outcome also when the coordinator
 * never returns. Vote requests name the log as the coordinator: no node can then speak for it, and
 * "never heard of it" means nothing.
 *
 * <p>One method per event; stateless. The log itself is a port: {@link Action.Propose}, answered by
 * {@link #onAgreed}.
 *
 * <p>Source: transaction-manager.md, "Replicated coordinator"; L2.
 */
public final class ReplicatedOutcome {

  private ReplicatedOutcome() {}

  /** The log that decides; null if this node does, or another one. */
  static @Nullable NodeId logOf(TransactionState state) {
    return state.role() instanceof Role.Root root ? root.log() : null;
  }

  /** The commit point is there. */
  static Step propose(TransactionState state, NodeId log) {
    return Step.to(state.in(RootPhase.FORCING_COMMIT), new Action.Propose(log, Outcome.COMMITTED));
  }

  /**
   * A log has a first entry for the transaction: that is the outcome, for good.
   *
   * @param log which
   * @param first what the entry says
   */
  public static Step onAgreed(TransactionState state, NodeId log, Outcome first) {
    if (state.role() instanceof Role.Root root) {
      return log.equals(root.log()) && root.phase() == RootPhase.FORCING_COMMIT
          ? decided(state, first)
          : Step.unchanged(state);
    }
    Role.Subordinate role = state.subordinate();
    return log.equals(role.coordinator())
        ? SubordinateEnding.onOutcome(state, role.primary(), new Message.OutcomeIs(first))
        : Step.unchanged(state);
  }

  private static Step decided(TransactionState state, Outcome first) {
    return first == Outcome.COMMITTED
        ? RootEnding.commit(state)
        : RootEnding.abortAndTell(state, "one in doubt aborted it before it was committed");
  }

  /**
   * A process that is prepared asks a node which knows nothing of it, and which may have proposed a
   * commit in an earlier life: only the log knows. Answer with {@link #answer}.
   *
   * @param log where this node's transactions are decided
   */
  public static List<Action> onInquire(NodeId log, Readiness readiness) {
    return readiness == Readiness.RECOVERED
        ? List.of(new Action.Propose(log, Outcome.ABORTED))
        : List.of();
  }

  /** What a process that asked is to hear of the first entry. */
  public static Action answer(ProcessParticipant asked, Outcome first) {
    return new Action.Send(asked, new Message.OutcomeIs(first));
  }
}
