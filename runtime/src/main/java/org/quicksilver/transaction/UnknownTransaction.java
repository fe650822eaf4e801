package org.quicksilver.transaction;

import java.util.List;
import java.util.Map;

/**
 * Answers about a transaction this node knows nothing of. May be used only after recovery has
 * finished: until then "unknown" is not known.
 *
 * <p>Source: transaction-manager.md, subordinate table, "unknown"; presumed abort; S6.
 */
public final class UnknownTransaction {

  private UnknownTransaction() {}

  /**
   * Whatever was held here is gone, or has not arrived yet: abort. The tombstone refuses a request
   * that was overtaken.
   */
  public static Step onVoteRequest(
      TransactionId tid, NodeParticipant from, Message.VoteRequest request) {
    String reason = "unknown here: lost in a crash, or never arrived";
    Message vote = new Message.VoteCast(Vote.ABORT, request.round(), List.of(reason));
    return Step.to(
        tombstone(tid, from, Outcome.ABORTED).withFailure(reason),
        new Action.Send(from, vote),
        new Action.Forget(Outcome.ABORTED));
  }

  /** Nothing is left to end. The tombstone refuses a request that was overtaken. */
  public static Step onEnd(TransactionId tid, NodeParticipant from, Message.End end) {
    TransactionState ended = tombstone(tid, from, end.outcome());
    return Step.to(
        end.outcome() == Outcome.ABORTED ? ended.withFailure("the coordinator aborted it") : ended,
        new Action.Send(from, new Message.EndAck()),
        new Action.Forget(end.outcome()));
  }

  /**
   * Its word is not passed on: a node that has forgotten its read-only vote knows nothing of the
   * outcome.
   */
  private static TransactionState tombstone(
      TransactionId tid, NodeParticipant superior, Outcome outcome) {
    Role role =
        Role.Subordinate.under(superior).decidedBy(Authority.ALONE).in(SubordinatePhase.ENDED);
    return new TransactionState(tid, role, Map.of(), List.of(), outcome);
  }

  /**
   * "Never heard of it" means abort, if it would have been decided here; and to a process of this
   * node always, for this node has never prepared.
   *
   * @param self this node
   * @return what to send; empty for a transaction of another node, about which this one cannot know
   */
  public static List<Action> onInquire(TransactionId tid, NodeId self, ParticipantId from) {
    return from instanceof ProcessParticipant || tid.node() == self.value()
        ? List.of(new Action.Send(from, new Message.OutcomeIs(Outcome.ABORTED)))
        : List.of();
  }
}
