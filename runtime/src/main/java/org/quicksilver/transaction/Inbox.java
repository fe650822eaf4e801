package org.quicksilver.transaction;

import org.jspecify.annotations.Nullable;

/**
 * Hands each message to the event it is. Give it only what {@link Fence#admits}, and only about a
 * transaction that is known; about others ask {@link UnknownTransaction}.
 *
 * <p>Source: transaction-manager.md, "Messages".
 */
public final class Inbox {

  private Inbox() {}

  /**
   * A message from a participant, a superior, or a node that asks or answers.
   *
   * @param self this node
   */
  public static Step onMessage(
      TransactionState state, NodeId self, ParticipantId from, Message message) {
    return onMessage(state, self, null, from, message);
  }

  /**
   * The same on a node whose own transactions are decided in a replicated log.
   *
   * @param log its name; null if there is none
   */
  public static Step onMessage(
      TransactionState state,
      NodeId self,
      @Nullable NodeId log,
      ParticipantId from,
      Message message) {
    if (message instanceof Message.VoteCast cast) {
      return EitherRole.onVote(state, from, cast);
    } else if (message instanceof Message.EndAck) {
      return EitherRole.onEndAck(state, from);
    } else if (message instanceof Message.Failed failed) {
      return EitherRole.onFailed(state, from, failed);
    } else if (message instanceof Message.Inquire inquiry) {
      return UnknownTransaction.isLost(state, self, from, inquiry)
          ? onInquireOfLost(state, log, from)
          : EitherRole.onInquire(state, from);
    } else if (message instanceof Message.OwnerCommits) {
      return Owners.onCommitsBelow(state, from);
    }
    return from instanceof NodeParticipant node
        ? onNodesMessage(state, node, message)
        : Step.unchanged(state);
  }

  private static Step onInquireOfLost(
      TransactionState state, @Nullable NodeId log, ParticipantId from) {
    return log != null && from instanceof ProcessParticipant
        ? Step.to(state, ReplicatedOutcome.onInquire(log, Readiness.RECOVERED))
        : UnknownTransaction.onInquireOfLost(state, from);
  }

  private static Step onNodesMessage(
      TransactionState state, NodeParticipant from, Message message) {
    if (message instanceof Message.VoteRequest request) {
      return EitherRole.onVoteRequest(state, from, request);
    } else if (message instanceof Message.End end) {
      return EitherRole.onEnd(state, from, end);
    } else if (message instanceof Message.OutcomeIs answer) {
      return EitherRole.onOutcome(state, from, answer);
    } else if (message instanceof Message.HandOver handOver) {
      return CoordinatorMigration.onHandOver(state, from, handOver);
    } else if (message instanceof Message.HandOverTaken taken) {
      return CoordinatorMigration.onTaken(state, from, taken);
    } else if (message instanceof Message.HandOverRefused refused) {
      return CoordinatorMigration.onRefused(state, from, refused);
    }
    return onOwnershipMessage(state, from, message);
  }

  private static Step onOwnershipMessage(
      TransactionState state, NodeParticipant from, Message message) {
    if (message instanceof Message.OwnershipHanded handed) {
      return OwnershipTransfer.onHanded(state, from, handed);
    } else if (message instanceof Message.OwnershipTaken taken) {
      return OwnershipTransfer.onTaken(state, from, taken);
    } else if (message instanceof Message.OwnershipRefused refused) {
      return OwnershipTransfer.onRefused(state, from, refused);
    }
    // To participants only, or for the shell.
    return Step.unchanged(state);
  }
}
