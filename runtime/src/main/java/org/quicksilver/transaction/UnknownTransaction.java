package org.quicksilver.transaction;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers about a transaction this node knows nothing of. Until recovery has finished nothing is
 * answered: "unknown" is not known then, and whoever asks asks again.
 *
 * <p>Source: transaction-manager.md, subordinate table, "unknown"; presumed abort; S6.
 */
public final class UnknownTransaction {

  private UnknownTransaction() {}

  /** A message about it; empty if there is nothing to remember of it. */
  public static Optional<Step> onMessage(
      TransactionId tid, NodeParticipant from, Message message, Readiness readiness) {
    if (readiness == Readiness.RECOVERING) {
      return Optional.empty();
    } else if (message instanceof Message.VoteRequest request) {
      return Optional.of(onVoteRequest(tid, from, request));
    } else if (message instanceof Message.End end) {
      return Optional.of(onEnd(tid, from, end));
    }
    if (message instanceof Message.OwnershipHanded handed) {
      return Optional.of(onOwnershipHanded(tid, from, handed));
    }
    return message instanceof Message.HandOver
        ? Optional.of(onHandOver(tid, from))
        : Optional.empty();
  }

  /**
   * Whatever was held here is gone, or has not arrived yet: abort. The tombstone refuses a request
   * that was overtaken.
   */
  static Step onVoteRequest(TransactionId tid, NodeParticipant from, Message.VoteRequest request) {
    String reason = "unknown here: lost in a crash, or never arrived";
    Message vote = new Message.VoteCast(Vote.ABORT, request.round(), List.of(reason));
    return Step.to(
        tombstone(tid, from, Outcome.ABORTED).withFailure(reason),
        new Action.Send(from, vote),
        new Action.Forget(Outcome.ABORTED));
  }

  /** Nothing is left to end. The tombstone refuses a request that was overtaken. */
  static Step onEnd(TransactionId tid, NodeParticipant from, Message.End end) {
    TransactionState ended = tombstone(tid, from, end.outcome());
    return Step.to(
        end.outcome() == Outcome.ABORTED ? ended.withFailure("the coordinator aborted it") : ended,
        new Action.Send(from, new Message.EndAck()),
        new Action.Forget(end.outcome()));
  }

  /** It has overtaken the request with which its sender registered this node, and begins it. */
  private static Step onOwnershipHanded(
      TransactionId tid, NodeParticipant from, Message.OwnershipHanded handed) {
    return SubordinateTransaction.begin(tid, from)
        .then(now -> OwnershipTransfer.onHanded(now, from, handed));
  }

  /** One that lost its part in a crash cannot coordinate the rest. */
  private static Step onHandOver(TransactionId tid, NodeParticipant from) {
    return Step.to(
        tombstone(tid, from, Outcome.ABORTED).withFailure("unknown here: cannot coordinate it"),
        new Action.Send(from, Message.End.ABORT),
        new Action.Forget(Outcome.ABORTED));
  }

  /**
   * Its word is not passed on: a node that has forgotten its read-only vote knows nothing of the
   * outcome.
   */
  private static TransactionState tombstone(
      TransactionId tid, NodeParticipant superior, Outcome outcome) {
    Role role =
        Role.Subordinate.under(superior).decidedBy(Authority.ALONE).in(SubordinatePhase.ENDED);
    return new TransactionState(tid, role, Map.of(), List.of(), outcome, Ownership.ELSEWHERE);
  }

  /**
   * Whether this node, asked as the coordinator, is none: it was one in an earlier life, lost all
   * before the commit, and has since been reached by a request of those that had voted. Likewise a
   * process that is prepared below a node that has nobody prepared.
   */
  static boolean isLost(
      TransactionState state, NodeId self, ParticipantId from, Message.Inquire inquiry) {
    if (!(state.role() instanceof Role.Subordinate role)) {
      return false;
    }
    boolean knowsNoTruth = state.outcome() == null || role.decidedBy() != Authority.COORDINATOR;
    return from instanceof ProcessParticipant
        ? state.outcome() == null && hasNobodyPrepared(role.phase())
        : knowsNoTruth && self.equals(inquiry.coordinator());
  }

  private static boolean hasNobodyPrepared(SubordinatePhase phase) {
    return phase == SubordinatePhase.READ_ONLY || phase.isEnded();
  }

  /** It will not commit any more. */
  static Step onInquireOfLost(TransactionState state, ParticipantId from) {
    return Step.to(state, new Action.Send(from, new Message.OutcomeIs(Outcome.ABORTED)));
  }

  /**
   * "Never heard of it" means abort if it is decided here, which is not known from the
   * transaction's ID: its coordinator may have moved. To a process of this node it always does, for
   * this node has never prepared.
   *
   * @param self this node
   * @return what to send; empty if another node decides, of whose word this one cannot know
   */
  public static List<Action> onInquire(
      NodeId self, ParticipantId from, Message.Inquire inquiry, Readiness readiness) {
    boolean isForUs = from instanceof ProcessParticipant || self.equals(inquiry.coordinator());
    return readiness == Readiness.RECOVERED && isForUs
        ? List.of(new Action.Send(from, new Message.OutcomeIs(Outcome.ABORTED)))
        : List.of();
  }
}
