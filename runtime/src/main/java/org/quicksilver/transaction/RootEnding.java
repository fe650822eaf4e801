package org.quicksilver.transaction;

import java.util.Objects;

/**
 * The end on the node that decides: telling, acknowledgements, inquiries, and whatever has to be
 * said again. One method per event; stateless.
 *
 * <p>Source: transaction-manager.md, "Root", COMMITTING and ABORTING; QuickSilver notes, "Commit
 * initiated by coordinator".
 */
public final class RootEnding {

  private RootEnding() {}

  static Step commit(TransactionState state) {
    return commit(state, new Actions.Draft(1 + state.participants().size()));
  }

  /** The same, after what is to be done before. */
  static Step commit(TransactionState state, Actions.Draft said) {
    TransactionState next = state.ending(RootPhase.COMMITTING, Outcome.COMMITTED);
    Action told = Owners.told(next);
    if (told != null) {
      said.add(told);
    }
    return Endings.advance(next, said, RootEnding::ended);
  }

  static Step abortAndTell(TransactionState state, String reason) {
    return abortAndTell(state.withFailure(reason));
  }

  static Step abortAndTell(TransactionState state) {
    TransactionState next = state.ending(RootPhase.ABORTING, Outcome.ABORTED);
    return tellAgain(next).and(Endings.advance(next, RootEnding::ended));
  }

  /** Without an owner to tell. */
  static Step abort(TransactionState state) {
    TransactionState next = state.ending(RootPhase.ABORTING, Outcome.ABORTED);
    return Endings.advance(next, RootEnding::ended);
  }

  /**
   * The state stays; an owner on this node hears what it may not have heard. Silent after a merge.
   */
  static Step tellAgain(TransactionState state) {
    return Step.to(state, Owners.tell(state));
  }

  static Step ended(TransactionState state) {
    Outcome outcome = Objects.requireNonNull(state.outcome());
    TransactionState tombstone = state.tombstone(state.root().in(RootPhase.ENDED));
    boolean logged = outcome == Outcome.COMMITTED && Ballots.highest(state) != Vote.READ_ONLY;
    Action forget = Action.Forget.of(outcome);
    return logged ? Step.to(tombstone, garbage(state), forget) : Step.to(tombstone, forget);
  }

  private static Action garbage(TransactionState state) {
    NodeId log = ReplicatedOutcome.logOf(state);
    return log == null
        ? new Action.Append(new LogRecord.End(state.tid()))
        : new Action.Withdraw(log);
  }

  /**
   * A participant has taken notice of the end.
   *
   * <p>Source: root table, "all recoverable acks in", "acks from all reachable"; S7.
   */
  public static Step onEndAck(TransactionState state, ParticipantId from) {
    TransactionState next = Endings.enter(state, from);
    if (next == null) {
      return Step.unchanged(state);
    }
    return switch (state.root().phase()) {
      case ACTIVE, ENDED -> Step.unchanged(state);
      case VOTING, FORCING_COMMIT -> Step.to(next);
      case COMMITTING, ABORTING -> Endings.advance(next, RootEnding::ended);
    };
  }

  /**
   * One in doubt asks: a node, or a process that was prepared and has come back. While the outcome
   * is open there is no answer; it will ask again.
   *
   * <p>Source: root table, "one unreachable"; S6.
   */
  public static Step onInquire(TransactionState state, ParticipantId from) {
    Outcome outcome = state.outcome();
    return outcome == null
        ? Step.unchanged(state)
        : Step.to(state, new Action.Send(from, new Message.OutcomeIs(outcome)));
  }

  /**
   * The link to a participant is up again, same life: what it has not answered is said again.
   *
   * <p>Source: root table, "resend on reconnect or inquiry".
   */
  public static Step onReconnected(TransactionState state, ParticipantId id) {
    Participant participant = state.find(id);
    return participant == null ? Step.unchanged(state) : Telling.reconnected(state, participant);
  }

  /**
   * A participant is back in a later life. While the outcome is open the earlier one died, unless
   * it was prepared: then the later one keeps its promise under the new name. Once decided, the
   * later one is told: a node may have lost its process and kept its state.
   *
   * <p>Source: transaction-manager.md, "After a crash".
   */
  public static Step onReborn(TransactionState state, ParticipantId old, ParticipantId reborn) {
    if (Deaths.isOfNoAccount(state, old) || old.equals(reborn)) {
      return Step.unchanged(state);
    }
    Participant participant = Objects.requireNonNull(state.find(old));
    return switch (state.root().phase()) {
      case ACTIVE, VOTING ->
          participant.isPrepared()
              ? Telling.reborn(state, participant, reborn)
              : RootTransaction.onParticipantDied(state, old);
      case FORCING_COMMIT, COMMITTING, ABORTING, ENDED ->
          Telling.reborn(state, participant, reborn);
    };
  }

  /**
   * This node has come back and found the state, or rebuilt it from the log: what was ordered may
   * not have happened, hence is ordered again. Deaths in the meantime are told by their own events.
   *
   * <p>Source: transaction-manager.md, "After a crash", root.
   */
  public static Step onRestarted(TransactionState state) {
    return switch (state.root().phase()) {
      case ACTIVE -> Step.unchanged(state);
      case VOTING ->
          Step.to(state, Telling.outstanding(state))
              .then(now -> Step.to(now, RootVoting.VOTES_IN_TIME));
      case FORCING_COMMIT -> decideAgain(state);
      case COMMITTING, ABORTING ->
          Endings.advance(state, RootEnding::ended)
              .then(now -> Step.to(now, Telling.outstanding(now)));
      case ENDED -> endedAgain(state);
    };
  }

  private static Step decideAgain(TransactionState state) {
    NodeId log = ReplicatedOutcome.logOf(state);
    return log == null
        ? Step.to(state, new Action.Force(RootVoting.commitRecord(state)))
        : ReplicatedOutcome.propose(state, log);
  }

  /** Whether END was written before the crash is not known; written twice it does no harm. */
  static Step endedAgain(TransactionState state) {
    return Step.to(
        state,
        new Action.Append(new LogRecord.End(state.tid())),
        new Action.Forget(state.outcome()));
  }
}
