package org.quicksilver.transaction;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.quicksilver.transaction.Telling.Told;

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
    Step step = state.has(Trait.EARLY_UNTOLD) ? tellEarly(state) : Step.unchanged(state);
    if (areAwaited(step.state(), Trait.EARLY_OPEN, Trait.EARLY_AWAITED)) {
      return step;
    }
    step = step.state().has(Trait.DELAYED_UNTOLD) ? step.then(Endings::tellAll) : step;
    return areAwaited(step.state(), Trait.DELAYED_OPEN, Trait.DELAYED_AWAITED)
        ? step
        : step.then(whenAllEnded);
  }

  private static Step tellEarly(TransactionState state) {
    return Telling.each(state, each -> each.isDelayed() ? Told.nothing(each) : tell(state, each));
  }

  private static Step tellAll(TransactionState state) {
    return Telling.each(state, each -> tell(state, each));
  }

  private static Told tell(TransactionState state, Participant participant) {
    if (participant.isTold()) {
      return Told.nothing(participant);
    }
    if (participant.isLeftOut()) {
      return Told.nothing(participant.advancedTo(Progress.ENDED));
    }
    return new Told(participant.advancedTo(Progress.ENDING), message(state, participant));
  }

  /** What one of its class is told; the reasons travel to where the owner is. */
  static Message message(TransactionState state, Participant participant) {
    if (participant.isImmediate()) {
      return new Message.Ending();
    }
    Outcome outcome = Objects.requireNonNull(state.outcome());
    boolean isOwnersWay =
        outcome == Outcome.ABORTED && state.ownership().isOwnedBy(participant.id());
    boolean isHeuristic =
        participant.id() instanceof NodeParticipant
            && state.role() instanceof Role.Subordinate role
            && role.decidedBy() != Authority.COORDINATOR;
    return isOwnersWay || isHeuristic
        ? new Message.End(outcome, isOwnersWay ? state.failures() : List.of(), isHeuristic)
        : Message.End.of(outcome);
  }

  /**
   * An abort waits only for the reachable: the others will inquire and hear that it is unknown,
   * which means the same. A commit waits for everybody.
   */
  private static boolean areAwaited(TransactionState state, Trait open, Trait withinReach) {
    return state.has(state.outcome() == Outcome.ABORTED ? withinReach : open);
  }

  /** Whether this acknowledgement is awaited; otherwise it is a duplicate or late. */
  static boolean isAwaited(TransactionState state, ParticipantId from) {
    Participant participant = state.find(from);
    return participant != null && participant.progress() == Progress.ENDING;
  }

  /** Enters an awaited acknowledgement. */
  static TransactionState enter(TransactionState state, ParticipantId from) {
    Participant participant = Objects.requireNonNull(state.find(from));
    return state.with(participant.advancedTo(Progress.ENDED));
  }
}
