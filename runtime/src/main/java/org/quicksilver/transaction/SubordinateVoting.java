package org.quicksilver.transaction;

import java.util.List;
import java.util.Objects;

/**
 * The vote of a node that reports to a superior. One method per event; stateless.
 *
 * <p>Source: transaction-manager.md, "Subordinate", VOTING; QuickSilver notes, "Commit initiated by
 * coordinator".
 */
public final class SubordinateVoting {

  private SubordinateVoting() {}

  /**
   * A superior asks for the vote. Any but the primary one is answered read-only at once: this node
   * hangs on the primary one. Asked again, it repeats its vote.
   *
   * <p>Source: "Rules", cycles; subordinate table, VOTING.
   */
  public static Step onVoteRequest(
      TransactionState state, NodeParticipant from, Message.VoteRequest request) {
    Role.Subordinate role = state.subordinate();
    if (role.isStale(from) || role.isUnder(from) && request.round() < role.round()) {
      return Step.unchanged(state);
    }
    if (!role.isUnder(from)) {
      return Step.to(
          state.with(role.alsoUnder(from)), cast(from, Vote.READ_ONLY, request.round(), List.of()));
    }
    return onPrimaryRequest(state.with(role.hearing(from)), state, request);
  }

  private static Step onPrimaryRequest(
      TransactionState heard, TransactionState before, Message.VoteRequest request) {
    return switch (before.subordinate().phase()) {
      case ACTIVE -> open(heard.with(heard.subordinate().asked(request)));
      case READ_ONLY -> repeatReadOnly(heard, request);
      case VOLATILE -> Step.to(heard, cast(heard, Vote.VOLATILE));
      case PREPARED -> Step.to(heard, cast(heard, Vote.RECOVERABLE));
      case ABORTING, ENDED -> repeatAbort(heard, request);
      case VOTING, FORCING_PREPARED, FORCING_COMMIT, FORCING_HEURISTIC, COMMITTING, RESOLVED ->
          Step.unchanged(before);
    };
  }

  private static Step open(TransactionState state) {
    return state.isFailed()
        ? voteToAbort(state)
        : Ballots.open(state, state.subordinate().in(SubordinatePhase.VOTING), new Actions.Draft(1))
            .then(SubordinateVoting::decide);
  }

  /**
   * A newer request has overtaken the one that enlists this node again: what that will do cannot be
   * voted on.
   */
  private static Step repeatReadOnly(TransactionState state, Message.VoteRequest request) {
    if (request.round() == state.subordinate().round()) {
      return Step.to(state, cast(state, Vote.READ_ONLY));
    }
    return voteToAbort(
        state
            .with(state.subordinate().asked(request))
            .withFailure("the vote request came before the request it is about"));
  }

  private static Step repeatAbort(TransactionState state, Message.VoteRequest request) {
    if (state.outcome() != Outcome.ABORTED) {
      return Step.unchanged(state);
    }
    NodeParticipant superior = state.subordinate().primary();
    return Step.to(state, cast(superior, Vote.ABORT, request.round(), state.failures()));
  }

  /**
   * A vote comes in from below.
   *
   * <p>Source: subordinate table, VOTING, all rows.
   */
  public static Step onVote(TransactionState state, ParticipantId from, Message.VoteCast cast) {
    TransactionState next =
        state.phase() == SubordinatePhase.VOTING ? Ballots.enter(state, from, cast) : null;
    if (next == null) {
      return Step.unchanged(state);
    }
    return cast.vote() == Vote.ABORT
        ? voteToAbort(next.withFailure(from + " voted to abort").withFailures(cast.reasons()))
        : decide(next);
  }

  private static Step decide(TransactionState state) {
    if (!Ballots.areComplete(state)) {
      return Step.to(state);
    }
    return switch (Ballots.highest(state)) {
      // Unreachable: the first such vote has ended the voting.
      case ABORT -> voteToAbort(state);
      case READ_ONLY -> awaitsOutcome(state) ? voteVolatile(state) : voteReadOnly(state);
      case VOLATILE -> voteVolatile(state);
      case RECOVERABLE -> force(state);
    };
  }

  /** An owner on this node has to be told as well, see {@link Owners}. */
  private static boolean awaitsOutcome(TransactionState state) {
    return state.ownership().isHere()
        || state.each().anyMatch(each -> !each.isTold() && !each.isLeftOut());
  }

  private static Step voteReadOnly(TransactionState state) {
    return Step.to(
        state.in(SubordinatePhase.READ_ONLY),
        cast(state, Vote.READ_ONLY),
        new Action.SetTimer(Timer.RETENTION, 0));
  }

  private static Step voteVolatile(TransactionState state) {
    return Step.to(state.in(SubordinatePhase.VOLATILE), cast(state, Vote.VOLATILE));
  }

  private static Step force(TransactionState state) {
    return Step.to(
        state.in(SubordinatePhase.FORCING_PREPARED), new Action.Force(preparedRecord(state)));
  }

  static LogRecord preparedRecord(TransactionState state) {
    Role.Subordinate role = state.subordinate();
    return new LogRecord.Prepared(
        state.tid(),
        role.primary(),
        Objects.requireNonNull(role.coordinator()),
        role.round(),
        role.witnesses(),
        Ballots.bound(state));
  }

  /** PREPARED is durable: from here on never alone. */
  static Step onPreparedForced(TransactionState state) {
    return Step.to(
        state.in(SubordinatePhase.PREPARED),
        cast(state, Vote.RECOVERABLE),
        new Action.SetTimer(Timer.INQUIRY, 0));
  }

  /** Whoever votes to abort has no need to wait for the answer. */
  static Step voteToAbort(TransactionState state) {
    return Step.to(state, cast(state, Vote.ABORT)).then(SubordinateEnding::abort);
  }

  private static Action cast(TransactionState state, Vote vote) {
    Role.Subordinate role = state.subordinate();
    List<String> reasons = vote == Vote.ABORT ? state.failures() : List.of();
    return cast(role.primary(), vote, role.round(), reasons);
  }

  private static Action cast(NodeParticipant to, Vote vote, int round, List<String> reasons) {
    return new Action.Send(to, new Message.VoteCast(vote, round, reasons));
  }
}
