package org.quicksilver.transaction;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Links lost and mended, silence, restarts and operators on a node that reports to a superior: all
 * that bears on being in doubt. One method per event; stateless.
 *
 * <p>Source: transaction-manager.md, "Subordinate", "superior lost", "in doubt"; lecture notes of
 * MIT 6.824 on QuickSilver (a prepared participant must ask around).
 */
public final class SubordinateDoubt {

  /** Too few: a slow coordinator's transaction is aborted; too many: in doubt for long. */
  private static final int PATIENT_ATTEMPTS = 3;

  private SubordinateDoubt() {}

  /**
   * Whether it can go either way and hears nothing of who could tell: then, and only then, an
   * operator may decide.
   *
   * <p>Source: subordinate table, PREPARED, "superior lost or silent".
   */
  public static boolean isInDoubt(TransactionState state) {
    return state.role() instanceof Role.Subordinate role
        && role.phase() == SubordinatePhase.PREPARED
        && role.superiorLost();
  }

  /** Whether another outcome than the true one was brought about here. */
  public static boolean isDamaged(TransactionState state) {
    return state.role() instanceof Role.Subordinate role && role.decidedBy() == Authority.OVERRULED;
  }

  /**
   * The link to a superior is down. Not voted, hence free: the subtree is an orphan and aborts.
   * After a vote it asks around.
   *
   * <p>Source: subordinate table, "primary superior lost", "superior lost", "superior lost or
   * silent".
   */
  public static Step onSuperiorLost(TransactionState state, NodeParticipant superior) {
    Role.Subordinate role = state.subordinate();
    if (role.isStale(superior) || !role.isUnder(superior)) {
      return Step.unchanged(state);
    }
    TransactionState lost = state.with(role.superiorLost(true));
    return switch (role.phase()) {
      case ACTIVE, VOTING, FORCING_PREPARED ->
          SubordinateEnding.abort(lost.withFailure("its superior, " + superior + ", was lost"));
      case VOLATILE ->
          inquire(lost, 0).then(now -> Step.to(now, new Action.SetTimer(Timer.PATIENCE, 0)));
      case PREPARED, RESOLVED -> inquire(lost, 0);
      case READ_ONLY, FORCING_COMMIT, FORCING_HEURISTIC, COMMITTING, ABORTING, ENDED ->
          Step.unchanged(state);
    };
  }

  /**
   * The link to a superior is up again, perhaps to a later life of it.
   *
   * <p>Source: "After a crash"; "resend on reconnect".
   */
  public static Step onSuperiorReconnected(TransactionState state, NodeParticipant superior) {
    Role.Subordinate role = state.subordinate();
    if (role.isStale(superior) || !role.isUnder(superior)) {
      return Step.unchanged(state);
    }
    TransactionState back = state.with(role.hearing(superior).superiorLost(false));
    return switch (role.phase()) {
      case VOLATILE, PREPARED, RESOLVED -> Step.to(back, inquiries(back));
      case ACTIVE,
          VOTING,
          FORCING_PREPARED,
          READ_ONLY,
          FORCING_COMMIT,
          FORCING_HEURISTIC,
          COMMITTING,
          ABORTING,
          ENDED ->
          Step.to(back);
    };
  }

  /**
   * A timer has run out.
   *
   * <p>Source: subordinate table, VOLATILE "no answer within T", PREPARED "with back-off",
   * READ_ONLY "for a while".
   */
  public static Step onTimer(TransactionState state, Timer timer, int attempt) {
    return switch (timer) {
      case INQUIRY -> asksAround(state) ? inquire(state, attempt + 1) : Step.unchanged(state);
      case PATIENCE -> hasWaitedInVain(state) ? abortAlone(state) : Step.unchanged(state);
      case RETENTION ->
          state.phase() == SubordinatePhase.READ_ONLY
              ? SubordinateEnding.ended(state)
              : Step.unchanged(state);
      case VOTE -> Step.unchanged(state);
    };
  }

  /**
   * One that voted volatile begins to ask when it loses its superior, and goes on when that is
   * back: it may still be recovering, and silent for that long.
   */
  private static boolean asksAround(TransactionState state) {
    return state.phase() == SubordinatePhase.PREPARED
        || state.phase() == SubordinatePhase.RESOLVED
        || state.phase() == SubordinatePhase.VOLATILE;
  }

  private static boolean hasWaitedInVain(TransactionState state) {
    return state.phase() == SubordinatePhase.VOLATILE && state.subordinate().superiorLost();
  }

  private static Step abortAlone(TransactionState state) {
    String reason = "voted volatile, lost its superior and got no answer";
    return SubordinateEnding.abort(
        state.with(state.subordinate().decidedBy(Authority.ALONE)).withFailure(reason));
  }

  static Step inquire(TransactionState state, int attempt) {
    return Step.to(state, inquiries(state))
        .and(attempt < PATIENT_ATTEMPTS ? Step.to(state) : proposeAbort(state))
        .and(Step.to(state, new Action.SetTimer(Timer.INQUIRY, attempt)));
  }

  /** Nobody answers. If a replicated log decides, it has or now gets a first entry. */
  private static Step proposeAbort(TransactionState state) {
    NodeId coordinator = state.subordinate().coordinator();
    return coordinator == null
        ? Step.to(state)
        : Step.to(state, new Action.Propose(coordinator, Outcome.ABORTED));
  }

  private static List<Action> inquiries(TransactionState state) {
    Role.Subordinate role = state.subordinate();
    return Stream.concat(Stream.of(role.primary()), role.witnesses().stream())
        .distinct()
        .<Action>map(node -> new Action.Send(node, new Message.Inquire(role.coordinator())))
        .toList();
  }

  /**
   * Another in doubt asks this one. A node is told only the true outcome, never an operator's or a
   * lonely one's; a process of this node follows this node.
   *
   * <p>Source: subordinate table, "inquire of superior, coordinator, siblings"; S1.
   */
  public static Step onInquire(TransactionState state, ParticipantId from) {
    Outcome outcome = state.outcome();
    return outcome == null || !mayTell(state, from)
        ? Step.unchanged(state)
        : Step.to(state, new Action.Send(from, new Message.OutcomeIs(outcome)));
  }

  private static boolean mayTell(TransactionState state, ParticipantId from) {
    return from instanceof ProcessParticipant
        ? state.phase() != SubordinatePhase.FORCING_HEURISTIC
        : state.subordinate().decidedBy() == Authority.COORDINATOR;
  }

  /**
   * An operator decides for one in doubt. It is logged first, done, and kept until the true outcome
   * can be compared.
   *
   * <p>Source: subordinate table, "operator resolves"; S17.
   */
  public static Step onOperatorResolves(TransactionState state, Outcome outcome) {
    if (state.phase() != SubordinatePhase.PREPARED) {
      return Step.unchanged(state);
    }
    TransactionState next = resolved(state, outcome).in(SubordinatePhase.FORCING_HEURISTIC);
    return Step.to(next, new Action.Force(new LogRecord.Heuristic(state.tid(), outcome)));
  }

  /** Decided by an operator. */
  static TransactionState resolved(TransactionState state, Outcome outcome) {
    TransactionState next =
        state.with(state.subordinate().decidedBy(Authority.OPERATOR)).withOutcome(outcome);
    return outcome == Outcome.ABORTED ? next.withFailure("an operator aborted it") : next;
  }

  /**
   * This node has come back and found the state, or rebuilt it from the log: what was ordered is
   * ordered again, a report of damage as well. Links are down: a lost superior is told by its own
   * event.
   *
   * <p>Source: transaction-manager.md, "After a crash", subordinate; S17.
   */
  public static Step onRestarted(TransactionState state) {
    return reportAgain(state).then(SubordinateDoubt::orderAgain);
  }

  private static Step reportAgain(TransactionState state) {
    Outcome here = state.outcome();
    if (here == null || state.subordinate().decidedBy() != Authority.OVERRULED) {
      return Step.unchanged(state);
    }
    Outcome truth = here == Outcome.COMMITTED ? Outcome.ABORTED : Outcome.COMMITTED;
    return Step.to(state, new Action.ReportDamage(Authority.OVERRULED, here, truth));
  }

  private static Step orderAgain(TransactionState state) {
    return switch (state.subordinate().phase()) {
      case ACTIVE, VOTING, FORCING_PREPARED -> Step.unchanged(state);
      case READ_ONLY -> Step.to(state, new Action.SetTimer(Timer.RETENTION, 0));
      case VOLATILE -> onSuperiorLost(state, state.subordinate().primary());
      case PREPARED, RESOLVED -> inquire(state, 0);
      case FORCING_COMMIT ->
          Step.to(state, new Action.Force(SubordinateEnding.commitRecord(state)));
      case FORCING_HEURISTIC -> forceAgain(state);
      case COMMITTING, ABORTING ->
          Endings.advance(state, SubordinateEnding::ended)
              .then(now -> Step.to(now, Telling.outstanding(now)));
      case ENDED -> RootEnding.endedAgain(state);
    };
  }

  private static Step forceAgain(TransactionState state) {
    Outcome outcome = Objects.requireNonNull(state.outcome());
    return Step.to(state, new Action.Force(new LogRecord.Heuristic(state.tid(), outcome)));
  }
}
