package org.quicksilver.transaction;

import org.jspecify.annotations.Nullable;

/**
 * One participant of one transaction, as the node above it sees it. Immutable.
 *
 * @param id who
 * @param participation how it takes part; a node is always two-phase, whatever lies below it
 * @param onDeath what its death does while the outcome is open
 * @param progress how far it has come
 * @param vote its vote, once cast
 * @param round how often it has been enlisted; told from old votes by this number
 * @param reachable false after its link was lost, or after a prepared one died, until it returns
 */
public record Participant(
    ParticipantId id,
    ParticipationClass participation,
    DeathEffect onDeath,
    Progress progress,
    @Nullable Vote vote,
    int round,
    boolean reachable) {

  /** Refuses a node that is not two-phase: a superior sees one two-phase participant in it. */
  public Participant {
    if (id instanceof NodeParticipant && participation != ParticipationClass.TWO_PHASE) {
      throw new IllegalArgumentException(id + " must join as TWO_PHASE, not " + participation);
    }
  }

  /** One that joins just now. */
  public static Participant joining(
      ParticipantId id, ParticipationClass participation, DeathEffect onDeath) {
    return new Participant(id, participation, onDeath, Progress.JOINED, null, 1, true);
  }

  /** A subordinate node that joins just now. */
  public static Participant joining(NodeParticipant node) {
    return joining(node, ParticipationClass.TWO_PHASE, DeathEffect.FAIL);
  }

  /** Whether it has promised to go either way: its death or silence then does not release it. */
  public boolean isPrepared() {
    return vote == Vote.RECOVERABLE && progress != Progress.ENDED;
  }

  /** What its death does while the outcome is open: two-phase fails at least. */
  DeathEffect effectOfDeath() {
    boolean harsher = isTwoPhase() && onDeath == DeathEffect.DROP;
    return harsher ? DeathEffect.FAIL : onDeath;
  }

  boolean isTwoPhase() {
    return participation == ParticipationClass.TWO_PHASE;
  }

  boolean isDelayed() {
    return participation == ParticipationClass.ONE_PHASE_DELAYED;
  }

  boolean isImmediate() {
    return participation == ParticipationClass.ONE_PHASE_IMMEDIATE;
  }

  /** Whether its vote is still to come. */
  boolean owesVote() {
    return isTwoPhase() && progress.compareTo(Progress.VOTED) < 0;
  }

  /** Whether the outcome means nothing to it. */
  boolean isLeftOut() {
    return participation == ParticipationClass.NO_STATE
        || vote == Vote.READ_ONLY
        || vote == Vote.ABORT;
  }

  /** Whether it need not be told that the end has begun, having been told or having ended. */
  boolean isTold() {
    return progress.compareTo(Progress.ENDING) >= 0;
  }

  Participant advancedTo(Progress next) {
    return new Participant(id, participation, onDeath, next, vote, round, reachable);
  }

  Participant voted(Vote cast) {
    Progress next = cast == Vote.ABORT ? Progress.ENDED : Progress.VOTED;
    return new Participant(id, participation, onDeath, next, cast, round, reachable);
  }

  Participant reachable(boolean now) {
    return now == reachable
        ? this
        : new Participant(id, participation, onDeath, progress, vote, round, now);
  }

  Participant enlistedAgain() {
    return new Participant(id, participation, onDeath, Progress.JOINED, null, round + 1, reachable);
  }

  /** The same promise, kept by a later life of the same participant. */
  Participant rebornAs(ParticipantId reborn) {
    return new Participant(reborn, participation, onDeath, progress, vote, round, true);
  }

  /** Joined twice: takes part as the stronger, dies as the harsher. */
  Participant strengthenedBy(Participant other) {
    ParticipationClass stronger =
        participation.compareTo(other.participation) >= 0 ? participation : other.participation;
    DeathEffect harsher = onDeath.compareTo(other.onDeath) >= 0 ? onDeath : other.onDeath;
    return new Participant(id, stronger, harsher, progress, vote, round, reachable);
  }
}
