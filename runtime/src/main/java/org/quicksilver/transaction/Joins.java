package org.quicksilver.transaction;

import java.util.function.Function;

/**
 * What becomes of one that joins, by how far the transaction is.
 *
 * <p>Source: transaction-manager.md, "Rules" (joining while the vote is under way) and hazard 2
 * (resurrection).
 */
final class Joins {

  private Joins() {}

  /** Adds it; one that joins again takes part as the stronger. */
  static Step whileActive(TransactionState state, Participant joining) {
    Participant existing = state.find(joining.id());
    Participant next = existing == null ? joining : existing.strengthenedBy(joining);
    return next.equals(existing) ? Step.unchanged(state) : Step.to(state.with(next));
  }

  /** Adds and asks it; the decision then waits for it. A read-only voter is enlisted again. */
  static Step whileVoting(TransactionState state, Participant joining) {
    Participant existing = state.find(joining.id());
    if (existing != null && existing.vote() != Vote.READ_ONLY) {
      return Step.unchanged(state);
    }
    return Ballots.open(
        state, existing == null ? joining : existing.enlistedAgain().reachable(true));
  }

  /** The commit is being forced: it comes too late to vote, but in time to be told. */
  static Step whileForcing(TransactionState state, Participant joining) {
    if (isKnown(state, joining)) {
      return Step.unchanged(state);
    }
    return joining.isTwoPhase() ? refused(state, joining) : Step.to(state.with(joining));
  }

  /** The outcome is being told: it is told as well, unless it would have had to vote for it. */
  static Step whileEnding(
      TransactionState state, Participant joining, Function<TransactionState, Step> whenAllEnded) {
    if (isKnown(state, joining)) {
      return Step.unchanged(state);
    }
    return comesTooLateToVote(state, joining)
        ? refused(state, joining)
        : Endings.advance(state.with(joining), whenAllEnded);
  }

  /**
   * Only the tombstone is left: it is told, so that it gives back what it holds, and not awaited.
   */
  static Step afterEnd(TransactionState state, Participant joining) {
    if (comesTooLateToVote(state, joining)) {
      return refused(state, joining);
    }
    if (joining.isLeftOut()) {
      return Step.unchanged(state);
    }
    Message end = Endings.message(state, joining);
    return Step.to(state, new Action.Send(joining.id(), end));
  }

  /**
   * A process announces itself again when it reconnects; a node is enlisted only for a new request.
   */
  static boolean isKnown(TransactionState state, Participant joining) {
    Participant existing = state.find(joining.id());
    return existing != null
        && existing.vote() != Vote.READ_ONLY
        && joining.id() instanceof ProcessParticipant;
  }

  /** To a node no request has gone out yet: it is better refused than told. */
  private static boolean comesTooLateToVote(TransactionState state, Participant joining) {
    boolean aborted = state.outcome() == Outcome.ABORTED;
    return state.outcome() == null
        || joining.id() instanceof NodeParticipant
        || joining.isTwoPhase() && !aborted;
  }

  /** It is no participant and has to undo what it did by itself. */
  static Step refused(TransactionState state, Participant joining) {
    String reason = "transaction " + state.tid() + " is " + state.phase() + ": too late to join";
    return Step.to(state, new Action.Send(joining.id(), new Message.JoinRefused(reason)));
  }
}
