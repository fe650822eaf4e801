package org.quicksilver.transaction;

import java.util.Objects;

/**
 * The links from a subordinate down to its own participants: mended, or reaching a later life. One
 * method per event; stateless.
 *
 * <p>Source: transaction-manager.md, "resend on reconnect" and "After a crash".
 */
public final class SubordinateLinks {

  private SubordinateLinks() {}

  /** The link to a participant below is up again; see {@link RootEnding#onReconnected}. */
  public static Step onReconnected(TransactionState state, ParticipantId id) {
    Participant participant = state.find(id);
    return participant == null ? Step.unchanged(state) : Telling.reconnected(state, participant);
  }

  /** A participant below is back in a later life; see {@link RootEnding#onReborn}. */
  public static Step onReborn(TransactionState state, ParticipantId old, ParticipantId reborn) {
    if (Deaths.isOfNoAccount(state, old) || old.equals(reborn)) {
      return Step.unchanged(state);
    }
    Participant participant = Objects.requireNonNull(state.find(old));
    boolean isBound = participant.isPrepared() || participant.vote() == Vote.VOLATILE;
    return switch (state.subordinate().phase()) {
      case ACTIVE, VOTING, FORCING_PREPARED, READ_ONLY ->
          participant.isPrepared()
              ? Telling.reborn(state, participant, reborn)
              : SubordinateTransaction.onParticipantDied(state, old);
      case VOLATILE, PREPARED ->
          isBound
              ? keepBound(state, participant, reborn)
              : SubordinateTransaction.onParticipantDied(state, old);
      case FORCING_COMMIT, FORCING_HEURISTIC, COMMITTING, ABORTING, RESOLVED, ENDED ->
          Telling.reborn(state, participant, reborn);
    };
  }

  /**
   * It awaits the outcome, be it only to be rid of the record; what it voted volatile for may be
   * gone, which is reported.
   */
  private static Step keepBound(
      TransactionState state, Participant participant, ParticipantId reborn) {
    Step step = Telling.reborn(state, participant, reborn);
    Message failed = new Message.Failed(participant.id() + " died before the outcome", false);
    return participant.isPrepared()
        ? step
        : step.then(now -> Step.to(now, new Action.Send(now.subordinate().primary(), failed)));
  }
}
