package org.quicksilver.transaction;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Says something to participants and notes that it was said, both in one step. */
final class Telling {

  private Telling() {}

  /** One participant, and what it is told, if anything. */
  record Told(Participant participant, @Nullable Message message) {

    static Told nothing(Participant participant) {
      return new Told(participant, null);
    }
  }

  /** Goes through the participants in the order of joining. */
  static Step each(TransactionState state, Function<Participant, Told> tell) {
    List<Action> actions = new ArrayList<>(state.participants().size());
    TransactionState next =
        state.withEach(
            participant -> {
              Told told = tell.apply(participant);
              if (told.message() != null) {
                actions.add(send(participant, told.message()));
              }
              return told.participant();
            });
    return Step.to(next, actions);
  }

  /** Tells one of them. */
  static Step one(TransactionState state, Told told) {
    TransactionState next = state.with(told.participant());
    return told.message() == null
        ? Step.to(next)
        : Step.to(next, send(told.participant(), told.message()));
  }

  /** Repeats what one participant has not answered. */
  static List<Action> outstanding(TransactionState state, Participant participant) {
    return switch (participant.progress()) {
      case JOINED, VOTED, ENDED -> List.of();
      case ASKED -> List.of(send(participant, Ballots.request(state, participant)));
      case ENDING -> List.of(send(participant, Endings.message(state, participant)));
    };
  }

  /** Repeats whatever has not been answered. */
  static List<Action> outstanding(TransactionState state) {
    return state.each().flatMap(each -> outstanding(state, each).stream()).toList();
  }

  private static Action send(Participant participant, Message message) {
    return new Action.Send(participant.id(), message);
  }

  /** Notes that a link is up again and repeats what was lost with it. */
  static Step reconnected(TransactionState state, Participant participant) {
    Participant back = participant.reachable(true);
    TransactionState next = back.equals(participant) ? state : state.with(back);
    return Step.to(next, outstanding(next, back));
  }

  /** A prepared participant returns in a new life, under a new name and with its old promise. */
  static Step reborn(TransactionState state, Participant prepared, ParticipantId reborn) {
    Participant again = prepared.rebornAs(reborn);
    TransactionState next = state.without(prepared.id()).with(again);
    return Step.to(next, outstanding(next, again));
  }
}
