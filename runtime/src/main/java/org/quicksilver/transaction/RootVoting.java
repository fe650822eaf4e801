package org.quicksilver.transaction;

/**
 * The decision on the node that decides: what the owner wants, the votes, the commit point. One
 * method per event; stateless.
 *
 * <p>Source: transaction-manager.md, "Root"; QuickSilver notes, "Commit initiated by coordinator".
 */
public final class RootVoting {

  static final Action VOTES_IN_TIME = new Action.SetTimer(Timer.VOTE, 0);

  private RootVoting() {}

  /**
   * The owner commits. Asked again after the decision, the answer is repeated.
   *
   * <p>Source: root table, "owner commits": requests open, refuse; failed, abort and return the
   * reasons; else tell the immediate ones and ask for votes.
   *
   * @param openRequests asynchronous requests of the owner neither completed nor cancelled
   */
  public static Step onOwnerCommits(TransactionState state, int openRequests) {
    return switch (state.root().phase()) {
      case ACTIVE -> commitUnlessBusy(state, openRequests);
      case VOTING, FORCING_COMMIT -> Step.unchanged(state);
      case COMMITTING, ABORTING, ENDED -> RootEnding.tellAgain(state);
    };
  }

  private static Step commitUnlessBusy(TransactionState state, int openRequests) {
    if (state.ownership().goesTo() != null) {
      return Owners.refuseOnItsWay(state);
    }
    return openRequests > 0 ? Owners.refuse(state, openRequests) : commitOrAbort(state);
  }

  private static Step commitOrAbort(TransactionState state) {
    if (state.isFailed()) {
      return RootEnding.abortAndTell(state);
    }
    Actions.Draft said = Actions.Draft.of(1 + state.participants().size(), VOTES_IN_TIME);
    Step asked = Ballots.open(state, state.root().in(RootPhase.VOTING), said);
    return asked.and(decide(asked.state()));
  }

  /**
   * The owner aborts. While the outcome is open it may; afterwards the answer is repeated.
   *
   * <p>Source: root table, "owner aborts".
   */
  public static Step onOwnerAborts(TransactionState state, String reason) {
    return switch (state.root().phase()) {
      case ACTIVE, VOTING -> RootEnding.abortAndTell(state, "its owner aborted it: " + reason);
      case FORCING_COMMIT -> Step.unchanged(state);
      case COMMITTING, ABORTING, ENDED -> RootEnding.tellAgain(state);
    };
  }

  /**
   * The owner is dead for certain. Once it has asked for the commit, nothing hangs on it.
   *
   * <p>Source: root table, "owner dies", both rows; L3.
   *
   * @param incarnation which process died; of no account if it owns the transaction no more
   */
  public static Step onOwnerDied(TransactionState state, int incarnation) {
    ProcessParticipant dead = new ProcessParticipant(incarnation);
    if (state.root().phase() != RootPhase.ACTIVE || !state.ownership().isOwnedBy(dead)) {
      return Step.unchanged(state);
    }
    return RootEnding.abort(state.withFailure("its owner, " + dead + ", died"));
  }

  /**
   * A vote comes in.
   *
   * <p>Source: root table, "vote-abort", "all votes in".
   */
  public static Step onVote(TransactionState state, ParticipantId from, Message.VoteCast cast) {
    TransactionState next =
        state.phase() == RootPhase.VOTING ? Ballots.enter(state, from, cast) : null;
    if (next == null) {
      return Step.unchanged(state);
    }
    return cast.vote() == Vote.ABORT
        ? RootEnding.abortAndTell(
            next.withFailure(from + " voted to abort").withFailures(cast.reasons()))
        : decide(next);
  }

  private static Step decide(TransactionState state) {
    if (!Ballots.areComplete(state)) {
      return Step.to(state);
    }
    Vote highest = Ballots.highest(state);
    NodeId log = ReplicatedOutcome.logOf(state);
    if (log != null && highest != Vote.READ_ONLY) {
      return ReplicatedOutcome.propose(state, log);
    }
    return switch (highest) {
      // Unreachable: the first such vote has ended the voting.
      case ABORT -> RootEnding.abortAndTell(state);
      case READ_ONLY -> RootEnding.commit(state);
      case VOLATILE -> append(state);
      case RECOVERABLE -> force(state);
    };
  }

  private static Step append(TransactionState state) {
    Action record = new Action.Append(commitRecord(state));
    return RootEnding.commit(state, Actions.Draft.of(2 + state.participants().size(), record));
  }

  private static Step force(TransactionState state) {
    return Step.to(state.in(RootPhase.FORCING_COMMIT), new Action.Force(commitRecord(state)));
  }

  static LogRecord commitRecord(TransactionState state) {
    return new LogRecord.Commit(state.tid(), Ballots.bound(state));
  }

  /**
   * A record is durable. For COMMIT this is the commit point.
   *
   * <p>Source: root table, "highest vote recoverable"; S5.
   */
  public static Step onForced(TransactionState state, LogRecord log) {
    if (state.root().phase() != RootPhase.FORCING_COMMIT || !(log instanceof LogRecord.Commit)) {
      return Step.unchanged(state);
    }
    return RootEnding.commit(state);
  }

  /**
   * A timer has run out.
   *
   * <p>Source: root table, "timeout" of the vote.
   */
  public static Step onTimer(TransactionState state, Timer timer, int attempt) {
    if (state.root().phase() != RootPhase.VOTING || timer != Timer.VOTE) {
      return Step.unchanged(state);
    }
    Participant silent = state.each().filter(Participant::owesVote).findFirst().orElseThrow();
    return RootEnding.abortAndTell(state, silent.id() + " did not vote in time");
  }
}
