package org.quicksilver.transaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The end on a node that reports to a superior: the outcome, passing it down, acknowledging. One
 * method per event; stateless.
 *
 * <p>Source: transaction-manager.md, "Subordinate"; QuickSilver notes, "Commit initiated by
 * coordinator".
 */
public final class SubordinateEnding {

  private SubordinateEnding() {}

  /**
   * A superior tells the outcome. The primary one is answered when everyone below has taken notice,
   * any other at once, as with votes: in a cycle of requests each would wait for the other. Told
   * twice, acknowledged twice.
   *
   * <p>Source: subordinate table, PREPARED, {@code end(commit)}; hazard 4; S10, S17.
   */
  public static Step onEnd(TransactionState state, NodeParticipant from, Message.End end) {
    Role.Subordinate role = state.subordinate();
    if (role.isStale(from) || isPremature(role.phase(), end.outcome())) {
      return Step.unchanged(state);
    }
    if (!role.isUnder(from)) {
      return OtherSuperiors.onEnd(state, from, end);
    }
    boolean isNews = state.outcome() == null && end.outcome() == Outcome.ABORTED;
    TransactionState told = isNews ? state.withFailures(end.reasons()) : state;
    if (end.isHeuristic() && state.outcome() == null) {
      return decide(told.with(role.owing(from).decidedBy(Authority.ALONE)), end.outcome());
    }
    return OtherSuperiors.isUncertain(state, end)
        ? decide(told, Outcome.ABORTED).then(now -> OtherSuperiors.acknowledge(now, from))
        : decide(told.with(role.hearing(from).owing(from)), end.outcome());
  }

  /**
   * The answer to an inquiry. The primary superior gets the acknowledgement, whoever answered.
   *
   * <p>Source: subordinate table, "in doubt".
   */
  public static Step onOutcome(
      TransactionState state, NodeParticipant from, Message.OutcomeIs answer) {
    Role.Subordinate role = state.subordinate();
    if (role.isStale(from) || isOverForGood(role) || isPremature(role.phase(), answer.outcome())) {
      return Step.unchanged(state);
    }
    Role.Subordinate heard = role.hearing(from);
    return decide(state.with(heard.owing(heard.primary())), answer.outcome());
  }

  private static boolean isOverForGood(Role.Subordinate role) {
    return role.phase() == SubordinatePhase.ENDED && role.decidedBy() != Authority.ALONE;
  }

  /** Nobody can have committed what this node has not voted for. */
  private static boolean isPremature(SubordinatePhase phase, Outcome outcome) {
    return switch (phase) {
      case ACTIVE, VOTING, FORCING_PREPARED -> outcome == Outcome.COMMITTED;
      case READ_ONLY,
          VOLATILE,
          PREPARED,
          FORCING_COMMIT,
          FORCING_HEURISTIC,
          COMMITTING,
          ABORTING,
          RESOLVED,
          ENDED ->
          false;
    };
  }

  private static Step decide(TransactionState state, Outcome outcome) {
    return switch (state.subordinate().phase()) {
      case ACTIVE, VOTING, FORCING_PREPARED, READ_ONLY, VOLATILE ->
          outcome == Outcome.COMMITTED ? commit(state) : abortAsTold(state);
      case PREPARED -> outcome == Outcome.COMMITTED ? force(state) : abortAsTold(state);
      case FORCING_COMMIT, FORCING_HEURISTIC, COMMITTING, ABORTING -> compare(state, outcome);
      case RESOLVED, ENDED -> compare(state, outcome).then(SubordinateEnding::ended);
    };
  }

  private static Step commit(TransactionState state) {
    return end(state.withOutcome(Outcome.COMMITTED).in(SubordinatePhase.COMMITTING));
  }

  private static Step abortAsTold(TransactionState state) {
    return abort(state.withFailure("the coordinator aborted it"));
  }

  static Step abort(TransactionState state) {
    return end(state.withOutcome(Outcome.ABORTED).in(SubordinatePhase.ABORTING));
  }

  private static Step end(TransactionState decided) {
    return Step.to(decided, Owners.tell(decided))
        .then(now -> Endings.advance(now, SubordinateEnding::ended));
  }

  private static Step force(TransactionState state) {
    return Step.to(
        state.withOutcome(Outcome.COMMITTED).in(SubordinatePhase.FORCING_COMMIT),
        new Action.Force(commitRecord(state)));
  }

  static LogRecord commitRecord(TransactionState state) {
    return new LogRecord.Commit(state.tid(), Ballots.bound(state));
  }

  /**
   * The true outcome has come after another word; damage is reported once and nothing is replaced.
   */
  private static Step compare(TransactionState state, Outcome truth) {
    Role.Subordinate role = state.subordinate();
    Outcome here = Objects.requireNonNullElse(state.outcome(), truth);
    return switch (role.decidedBy()) {
      case COORDINATOR, OVERRULED -> Step.to(state);
      case OPERATOR, ALONE ->
          here == truth
              ? Step.to(state.with(role.decidedBy(Authority.COORDINATOR)))
              : Step.to(
                  state.with(role.decidedBy(Authority.OVERRULED)),
                  new Action.ReportDamage(role.decidedBy(), here, truth));
    };
  }

  /**
   * A record is durable.
   *
   * <p>Source: subordinate table, "highest recoverable", "end(commit)", "operator resolves".
   */
  public static Step onForced(TransactionState state, LogRecord log) {
    SubordinatePhase phase = state.subordinate().phase();
    if (log instanceof LogRecord.Prepared && phase == SubordinatePhase.FORCING_PREPARED) {
      return SubordinateVoting.onPreparedForced(state);
    }
    if (log instanceof LogRecord.Commit && phase == SubordinatePhase.FORCING_COMMIT) {
      return commit(state);
    }
    if (log instanceof LogRecord.Heuristic && phase == SubordinatePhase.FORCING_HEURISTIC) {
      return state.outcome() == Outcome.COMMITTED ? commit(state) : abort(state);
    }
    return Step.unchanged(state);
  }

  /**
   * A participant below has taken notice of the end.
   *
   * <p>Source: subordinate table, "ack when the recoverable ones have acked"; here, when all have,
   * so that the root's delayed participants come last in the whole tree.
   */
  public static Step onEndAck(TransactionState state, ParticipantId from) {
    TransactionState next = Endings.enter(state, from);
    if (next == null) {
      return Step.unchanged(state);
    }
    return switch (state.subordinate().phase()) {
      case COMMITTING, ABORTING -> Endings.advance(next, SubordinateEnding::ended);
      case ACTIVE,
          VOTING,
          FORCING_PREPARED,
          READ_ONLY,
          VOLATILE,
          PREPARED,
          FORCING_COMMIT,
          FORCING_HEURISTIC,
          RESOLVED,
          ENDED ->
          Step.to(next);
    };
  }

  /**
   * All below have ended: acknowledge and forget; after an operator's word, wait for the true one.
   */
  static Step ended(TransactionState state) {
    Role.Subordinate role = state.subordinate();
    if (role.decidedBy() == Authority.OPERATOR) {
      return SubordinateDoubt.inquire(state.in(SubordinatePhase.RESOLVED), 0);
    }
    List<Action> actions = new ArrayList<>();
    if (Trait.VOTED_RECOVERABLE.isIn(state.traits())) {
      actions.add(new Action.Append(new LogRecord.End(state.tid())));
    }
    role.owed().forEach(to -> actions.add(new Action.Send(to, new Message.EndAck())));
    if (role.phase() != SubordinatePhase.ENDED) {
      actions.add(new Action.Forget(state.outcome()));
    }
    Role paid = role.owing(List.of()).in(SubordinatePhase.ENDED);
    return Step.to(state.tombstone(paid), actions);
  }
}
