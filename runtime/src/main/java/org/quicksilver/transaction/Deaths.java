package org.quicksilver.transaction;

/**
 * What the death of a participant, or the loss of a subordinate, means.
 *
 * <p>Source: transaction-manager.md, root table, "participant dies", "subordinate lost", "death
 * before the vote".
 */
final class Deaths {

  private Deaths() {}

  /** Whether the participant is unknown or has ended, so that its death changes nothing. */
  static boolean isOfNoAccount(TransactionState state, ParticipantId id) {
    Participant participant = state.find(id);
    return participant == null || participant.progress() == Progress.ENDED;
  }

  /**
   * Whether a vote under way goes on without it: it has promised to go either way, or has no part
   * in phase two, or nobody depends on it. Not so after a volatile vote: what it voted for is gone,
   * and while nothing is decided an abort is free.
   */
  static boolean sparesTheVote(Participant dead) {
    return dead.isPrepared()
        || dead.isTold()
        || dead.vote() == Vote.READ_ONLY
        || dead.effectOfDeath() == DeathEffect.DROP;
  }

  /**
   * A dead one has nothing left to end, which is as good as an acknowledgement; unless it is
   * prepared: then it returns and asks.
   */
  static TransactionState settle(TransactionState state, Participant dead) {
    return state.with(dead.isPrepared() ? dead.reachable(false) : dead.advancedTo(Progress.ENDED));
  }

  /** A lost one may live on behind the broken link. */
  static TransactionState lose(TransactionState state, Participant lost) {
    return state.with(lost.reachable(false));
  }
}
