package org.quicksilver.transaction;

import java.util.List;

/** Says something to participants and notes that it was said, both in one step. */
final class Telling {

  private Telling() {}

  /** What is said to a participant, if anything, and what it is afterwards. */
  interface Word {
    Participant to(TransactionState state, Participant participant, Actions.Draft said);
  }

  /** Goes through the participants in the order of joining, after what is said already. */
  static Step each(TransactionState state, Word word, Actions.Draft said) {
    return each(state, state.role(), word, said);
  }

  /**
   * The same.
   *
   * @param next the role from then on
   */
  static Step each(TransactionState state, Role next, Word word, Actions.Draft said) {
    TransactionState told = state.withEach(next, each -> word.to(state, each, said));
    return Step.to(told, said.done());
  }

  /** Tells one of them. */
  static Step one(TransactionState state, Participant participant, Word word) {
    Actions.Draft said = new Actions.Draft(1);
    return Step.to(state.with(word.to(state, participant, said)), said.done());
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

  static Action send(Participant participant, Message message) {
    return new Action.Send(participant.id(), message);
  }

  /** Notes that a link is up again and repeats what was lost with it. */
  static Step reconnected(TransactionState state, Participant participant) {
    Participant back = participant.reachable(true);
    TransactionState next = back == participant ? state : state.with(back);
    return Step.to(next, outstanding(next, back));
  }

  /** A prepared participant returns in a new life, under a new name and with its old promise. */
  static Step reborn(TransactionState state, Participant prepared, ParticipantId reborn) {
    Participant again = prepared.rebornAs(reborn);
    TransactionState next = state.without(prepared.id()).with(again);
    return Step.to(next, outstanding(next, again));
  }
}
