package org.quicksilver.transaction;

/**
 * The events that both roles know, each handed to the role this node has at the moment. What only
 * one role knows is to be given to that role directly; an owner's wishes go to {@link Owners}.
 */
public final class EitherRole {

  private EitherRole() {}

  /** See {@link RootTransaction#onJoin} and {@link SubordinateTransaction#onJoin}. */
  public static Step onJoin(TransactionState state, Participant joining) {
    return isRoot(state)
        ? RootTransaction.onJoin(state, joining)
        : SubordinateTransaction.onJoin(state, joining);
  }

  /**
   * See {@link RootTransaction#onParticipantDied} and {@link
   * SubordinateTransaction#onParticipantDied}.
   */
  public static Step onParticipantDied(TransactionState state, ParticipantId id) {
    return isRoot(state)
        ? RootTransaction.onParticipantDied(state, id)
        : SubordinateTransaction.onParticipantDied(state, id);
  }

  /**
   * See {@link RootTransaction#onSubordinateLost} and {@link
   * SubordinateTransaction#onSubordinateLost}.
   */
  public static Step onSubordinateLost(TransactionState state, NodeParticipant id) {
    return isRoot(state)
        ? RootTransaction.onSubordinateLost(state, id)
        : SubordinateTransaction.onSubordinateLost(state, id);
  }

  /**
   * See {@link RootTransaction#onParticipantAborts} and {@link
   * SubordinateTransaction#onParticipantAborts}.
   */
  public static Step onParticipantAborts(
      TransactionState state, ParticipantId from, String reason) {
    return isRoot(state)
        ? RootTransaction.onParticipantAborts(state, from, reason)
        : SubordinateTransaction.onParticipantAborts(state, from, reason);
  }

  /** See {@link RootTransaction#onFailed} and {@link SubordinateTransaction#onFailed}. */
  public static Step onFailed(TransactionState state, ParticipantId from, Message.Failed failed) {
    return isRoot(state)
        ? RootTransaction.onFailed(state, from, failed)
        : SubordinateTransaction.onFailed(state, from, failed);
  }

  /** See {@link RootVoting#onVote} and {@link SubordinateVoting#onVote}. */
  public static Step onVote(TransactionState state, ParticipantId from, Message.VoteCast cast) {
    return isRoot(state)
        ? RootVoting.onVote(state, from, cast)
        : SubordinateVoting.onVote(state, from, cast);
  }

  /** See {@link RootVoting#onForced} and {@link SubordinateEnding#onForced}. */
  public static Step onForced(TransactionState state, LogRecord log) {
    return isRoot(state) ? RootVoting.onForced(state, log) : SubordinateEnding.onForced(state, log);
  }

  /** See {@link RootVoting#onTimer} and {@link SubordinateDoubt#onTimer}. */
  public static Step onTimer(TransactionState state, Timer timer, int attempt) {
    return isRoot(state)
        ? RootVoting.onTimer(state, timer, attempt)
        : SubordinateDoubt.onTimer(state, timer, attempt);
  }

  /** See {@link RootEnding#onEndAck} and {@link SubordinateEnding#onEndAck}. */
  public static Step onEndAck(TransactionState state, ParticipantId from) {
    return isRoot(state)
        ? RootEnding.onEndAck(state, from)
        : SubordinateEnding.onEndAck(state, from);
  }

  /** See {@link RootEnding#onInquire} and {@link SubordinateDoubt#onInquire}. */
  public static Step onInquire(TransactionState state, ParticipantId from) {
    return isRoot(state)
        ? RootEnding.onInquire(state, from)
        : SubordinateDoubt.onInquire(state, from);
  }

  /** See {@link RootEnding#onReconnected} and {@link SubordinateLinks#onReconnected}. */
  public static Step onReconnected(TransactionState state, ParticipantId id) {
    return isRoot(state)
        ? RootEnding.onReconnected(state, id)
        : SubordinateLinks.onReconnected(state, id);
  }

  /** See {@link RootEnding#onReborn} and {@link SubordinateLinks#onReborn}. */
  public static Step onReborn(TransactionState state, ParticipantId old, ParticipantId reborn) {
    return isRoot(state)
        ? RootEnding.onReborn(state, old, reborn)
        : SubordinateLinks.onReborn(state, old, reborn);
  }

  /** See {@link RootEnding#onRestarted} and {@link SubordinateDoubt#onRestarted}. */
  public static Step onRestarted(TransactionState state) {
    return isRoot(state) ? RootEnding.onRestarted(state) : SubordinateDoubt.onRestarted(state);
  }

  /** See {@link RootCycles#onRequest} and {@link SubordinateTransaction#onRequest}. */
  public static Step onRequest(TransactionState state, NodeParticipant superior, int round) {
    return isRoot(state)
        ? RootCycles.onRequest(state, superior)
        : SubordinateTransaction.onRequest(state, superior, round);
  }

  /** See {@link RootCycles#onVoteRequest} and {@link SubordinateVoting#onVoteRequest}. */
  public static Step onVoteRequest(
      TransactionState state, NodeParticipant from, Message.VoteRequest request) {
    return isRoot(state)
        ? RootCycles.onVoteRequest(state, from, request)
        : SubordinateVoting.onVoteRequest(state, from, request);
  }

  /** See {@link RootCycles#onEnd} and {@link SubordinateEnding#onEnd}. */
  public static Step onEnd(TransactionState state, NodeParticipant from, Message.End end) {
    return isRoot(state)
        ? RootCycles.onEnd(state, from, end)
        : SubordinateEnding.onEnd(state, from, end);
  }

  /** See {@link SubordinateEnding#onOutcome}; who decides does not ask. */
  public static Step onOutcome(
      TransactionState state, NodeParticipant from, Message.OutcomeIs answer) {
    return isRoot(state) ? Step.unchanged(state) : SubordinateEnding.onOutcome(state, from, answer);
  }

  /** See {@link SubordinateDoubt#onSuperiorLost}; who decides depends on no superior. */
  public static Step onSuperiorLost(TransactionState state, NodeParticipant superior) {
    return isRoot(state) ? Step.unchanged(state) : SubordinateDoubt.onSuperiorLost(state, superior);
  }

  /** See {@link SubordinateDoubt#onSuperiorReconnected}. */
  public static Step onSuperiorReconnected(TransactionState state, NodeParticipant superior) {
    return isRoot(state)
        ? Step.unchanged(state)
        : SubordinateDoubt.onSuperiorReconnected(state, superior);
  }

  /** See {@link RootTransaction#absorb} and {@link SubordinateTransaction#absorb}. */
  public static Step absorb(TransactionState into, TransactionState provisional) {
    return isRoot(into)
        ? RootTransaction.absorb(into, provisional)
        : SubordinateTransaction.absorb(into, provisional);
  }

  private static boolean isRoot(TransactionState state) {
    return state.role() instanceof Role.Root;
  }
}
