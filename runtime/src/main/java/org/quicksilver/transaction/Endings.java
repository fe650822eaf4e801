package org.quicksilver.transaction;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells each participant of the outcome as its class says, the delayed ones last, and sees when all
 * have taken notice.
 *
 * <p>Source: transaction-manager.md, "Participation classes" and S12.
 */
final class Endings {

  private Endings() {}

  /**
   * Goes as far as it can: tells whoever has not been told, then the delayed ones if the others
   * have ended, then does what comes after the last.
   */
  static Step advance(TransactionState state, Function<TransactionState, Step> whenAllEnded) {
    int traits = state.traits();
    return Trait.EARLY_UNTOLD.isIn(traits)
        ? advance(state, new Actions.Draft(state.participants().size()), whenAllEnded)
        : afterEarly(state, traits, whenAllEnded);
  }

  /** The same, after what is to be done before. */
  static Step advance(
      TransactionState state, Actions.Draft said, Function<TransactionState, Step> whenAllEnded) {
    Step told = Telling.each(state, Endings::tellEarly, said);
    return told.and(afterEarly(told.state(), told.state().traits(), whenAllEnded));
  }

  private static Step afterEarly(
      TransactionState state, int traits, Function<TransactionState, Step> whenAllEnded) {
    if (isAwaited(state, traits, Trait.EARLY_OPEN, Trait.EARLY_AWAITED)) {
      return Step.to(state);
    }
    if (Trait.DELAYED_UNTOLD.isIn(traits)) {
      Step told = tellDelayed(state);
      return told.and(afterDelayed(told.state(), told.state().traits(), whenAllEnded));
    }
    return afterDelayed(state, traits, whenAllEnded);
  }

  private static Step afterDelayed(
      TransactionState state, int traits, Function<TransactionState, Step> whenAllEnded) {
    return isAwaited(state, traits, Trait.DELAYED_OPEN, Trait.DELAYED_AWAITED)
        ? Step.to(state)
        : whenAllEnded.apply(state);
  }

  /**
   * An abort waits only for the reachable: the others will inquire and hear that it is unknown,
   * which means the same. A commit waits for everybody; so does an abort that is not the
   * coordinator's word, for "unknown" may be wrong then.
   */
  private static boolean isAwaited(
      TransactionState state, int traits, Trait open, Trait withinReach) {
    boolean isPresumed = state.outcome() == Outcome.ABORTED && !isHeuristic(state);
    return (isPresumed ? withinReach : open).isIn(traits);
  }

  private static boolean isHeuristic(TransactionState state) {
    return state.role() instanceof Role.Subordinate role
        && role.decidedBy() != Authority.COORDINATOR;
  }

  private static Participant tellEarly(
      TransactionState state, Participant participant, Actions.Draft said) {
    return participant.isDelayed() ? participant : tell(state, participant, said);
  }

  private static Step tellDelayed(TransactionState state) {
    return Telling.each(state, Endings::tell, new Actions.Draft(1));
  }

  private static Participant tell(
      TransactionState state, Participant participant, Actions.Draft said) {
    if (participant.isTold()) {
      return participant;
    }
    if (participant.isLeftOut()) {
      return participant.advancedTo(Progress.ENDED);
    }
    said.add(Telling.send(participant, message(state, participant)));
    return participant.advancedTo(Progress.ENDING);
  }

  /** What one of its class is told; the reasons travel to where the owner is. */
  static Message message(TransactionState state, Participant participant) {
    if (participant.isImmediate()) {
      return Message.Ending.BEGUN;
    }
    Outcome outcome = Objects.requireNonNull(state.outcome());
    boolean isOwnersWay =
        outcome == Outcome.ABORTED && state.ownership().isReachedBy(participant.id());
    boolean isHeuristic = participant.id() instanceof NodeParticipant && isHeuristic(state);
    return isOwnersWay || isHeuristic
        ? new Message.End(outcome, isOwnersWay ? state.failures() : List.of(), isHeuristic)
        : Message.End.of(outcome);
  }

  /** Enters an acknowledgement that is awaited; null if it is a duplicate or late. */
  static @Nullable TransactionState enter(TransactionState state, ParticipantId from) {
    Participant participant = state.find(from);
    return participant != null && participant.progress() == Progress.ENDING
        ? state.with(participant.advancedTo(Progress.ENDED))
        : null;
  }
}
