package org.quicksilver.transaction;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The transaction on a node that reports to a superior, until the superior ends it: requests,
 * joining, failing. One method per event; stateless.
 *
 * <p>Source: transaction-manager.md, "Subordinate"; QuickSilver transcript, "Distributed
 * Transaction" (each reports to the node above it, not to the coordinator).
 */
public final class SubordinateTransaction {

  private SubordinateTransaction() {}

  /**
   * The first request under a transaction reaches this node; its sender is the primary superior.
   */
  public static Step begin(TransactionId tid, NodeParticipant superior) {
    Role role = Role.Subordinate.under(superior);
    return Step.to(new TransactionState(tid, role, Map.of(), List.of(), null, Ownership.ELSEWHERE));
  }

  /**
   * Another request arrives, perhaps over another link. After a read-only vote its sender becomes
   * the primary superior, if the vote was not about this very enlistment; after any other vote it
   * is refused and fails the transaction.
   *
   * <p>Source: subordinate table, "request over another link", "all read-only"; "Rules", cycles,
   * and refusal (ours); S11.
   *
   * @param round the {@link Participant#round} under which the superior has registered this node
   *     for the request; tells a request that was overtaken by the vote request from one that
   *     enlists this node again
   */
  public static Step onRequest(TransactionState state, NodeParticipant superior, int round) {
    Role.Subordinate role = state.subordinate();
    if (role.isStale(superior)) {
      return Step.unchanged(state);
    }
    return switch (role.phase()) {
      case ACTIVE, VOTING, FORCING_PREPARED -> alsoUnder(state, superior);
      case READ_ONLY ->
          role.mayBeEnlistedAgainBy(superior, round)
              ? Step.to(state.with(role.enlistedAgainBy(superior)))
              : refuse(state, superior);
      case VOLATILE, PREPARED -> refuse(state, superior).then(now -> failLate(now, superior));
      case FORCING_COMMIT, FORCING_HEURISTIC, COMMITTING, ABORTING, RESOLVED, ENDED ->
          refuse(state, superior);
    };
  }

  private static Step alsoUnder(TransactionState state, NodeParticipant superior) {
    Role.Subordinate next = state.subordinate().hearing(superior).alsoUnder(superior);
    return next.equals(state.role()) ? Step.unchanged(state) : Step.to(state.with(next));
  }

  static Step refuse(TransactionState state, NodeParticipant superior) {
    return Step.to(state, new Action.Send(superior, new Message.Failed(tooLate(state), false)));
  }

  private static Step failLate(TransactionState state, ParticipantId late) {
    return fail(state, late + " came too late: " + tooLate(state), false);
  }

  private static String tooLate(TransactionState state) {
    return "transaction " + state.tid() + " is " + state.phase() + " here and takes no requests";
  }

  private static Step report(TransactionState state, String reason, boolean terminate) {
    // Whether the one that was to coordinate is above is not known yet; it may hang on this node.
    if (state.ownership().awaitsTaken()) {
      return Step.to(state);
    }
    Message failed = new Message.Failed(reason, terminate);
    return Step.to(state, new Action.Send(state.subordinate().primary(), failed));
  }

  /**
   * One joins below, or joins again.
   *
   * <p>Source: "Rules", joining while the vote is under way; refusal after the vote (ours). After a
   * read-only vote a local request is refused too: the superior would not know that it has to ask
   * again.
   */
  public static Step onJoin(TransactionState state, Participant joining) {
    return switch (state.subordinate().phase()) {
      case ACTIVE -> Joins.whileActive(state, joining);
      case VOTING -> Joins.whileVoting(state, joining);
      case FORCING_PREPARED, READ_ONLY, VOLATILE, PREPARED, FORCING_COMMIT, FORCING_HEURISTIC ->
          joinedTooLate(state, joining);
      case COMMITTING, ABORTING -> Joins.whileEnding(state, joining, SubordinateEnding::ended);
      case RESOLVED, ENDED -> Joins.afterEnd(state, joining);
    };
  }

  private static Step joinedTooLate(TransactionState state, Participant joining) {
    return Joins.isKnown(state, joining)
        ? Step.unchanged(state)
        : Joins.refused(state, joining).then(now -> failLate(now, joining.id()));
  }

  /**
   * A participant below is dead for certain.
   *
   * <p>Source: root table, "participant dies", applied below a subordinate; subordinate table, "any
   * abort or failed".
   */
  public static Step onParticipantDied(TransactionState state, ParticipantId id) {
    if (Deaths.isOfNoAccount(state, id)) {
      return Step.unchanged(state);
    }
    Participant dead = Objects.requireNonNull(state.find(id));
    TransactionState settled = Deaths.settle(state, dead);
    return switch (state.subordinate().phase()) {
      case ACTIVE -> diedWhileActive(state.without(id), dead);
      case VOTING, FORCING_PREPARED, READ_ONLY, VOLATILE, PREPARED -> missed(settled, dead, "died");
      case FORCING_COMMIT, FORCING_HEURISTIC, RESOLVED, ENDED -> Step.to(settled);
      case COMMITTING, ABORTING -> Endings.advance(settled, SubordinateEnding::ended);
    };
  }

  private static Step diedWhileActive(TransactionState state, Participant dead) {
    boolean isOwnersWay =
        state.ownership().isReachedBy(dead.id()) && dead.id() instanceof NodeParticipant;
    return switch (isOwnersWay ? DeathEffect.TERMINATE : dead.effectOfDeath()) {
      case DROP -> Step.to(state);
      case FAIL -> fail(state, dead.id() + " died", false);
      case TERMINATE -> fail(state, dead.id() + " died", true);
    };
  }

  private static Step missed(TransactionState state, Participant missed, String whatHappened) {
    return Deaths.sparesTheVote(missed)
        ? Step.to(state)
        : fail(state, missed.id() + " " + whatHappened + " before the outcome", false);
  }

  /**
   * The link to a subordinate of this node is down; it may live on.
   *
   * <p>Source: root table, "subordinate lost", applied below a subordinate.
   */
  public static Step onSubordinateLost(TransactionState state, NodeParticipant id) {
    if (Deaths.isOfNoAccount(state, id)) {
      return Step.unchanged(state);
    }
    Participant lost = Objects.requireNonNull(state.find(id));
    TransactionState next = Deaths.lose(state, lost);
    return switch (state.subordinate().phase()) {
      // With the way to the owner everything is lost, see RootTransaction.
      case ACTIVE -> fail(next, id + " was lost", state.ownership().isReachedBy(id));
      case VOTING, FORCING_PREPARED, READ_ONLY, VOLATILE, PREPARED ->
          missed(next, lost, "was lost");
      case FORCING_COMMIT, FORCING_HEURISTIC, COMMITTING, RESOLVED, ENDED -> Step.to(next);
      case ABORTING -> Endings.advance(next, SubordinateEnding::ended);
    };
  }

  /** A participant below wants an abort; see {@link RootTransaction#onParticipantAborts}. */
  public static Step onParticipantAborts(
      TransactionState state, ParticipantId from, String reason) {
    return onFailed(state, from, new Message.Failed(reason, false));
  }

  /**
   * Something failed at or below a participant: it is reported to the superior, never ignored while
   * the outcome is open.
   *
   * <p>Source: "Failure is not termination"; subordinate table, "any abort or failed".
   */
  public static Step onFailed(TransactionState state, ParticipantId from, Message.Failed failed) {
    if (Deaths.isOfNoAccount(state, from)) {
      return Step.unchanged(state);
    }
    return fail(state, from + ": " + failed.reason(), failed.terminate());
  }

  static Step fail(TransactionState state, String reason, boolean terminate) {
    TransactionState failed = state.withFailure(reason);
    return switch (state.subordinate().phase()) {
      case ACTIVE ->
          report(failed, reason, terminate)
              .then(now -> terminate ? SubordinateEnding.abort(now) : Step.to(now));
      case VOTING, FORCING_PREPARED -> SubordinateVoting.voteToAbort(failed);
      // The vote has been given and stands; only the superior can still make use of this.
      case READ_ONLY, VOLATILE, PREPARED -> report(state, reason, terminate);
      case FORCING_COMMIT, FORCING_HEURISTIC, COMMITTING, ABORTING, RESOLVED, ENDED ->
          Step.unchanged(state);
    };
  }

  /** Merges a provisional transaction; see {@link RootTransaction#absorb}. */
  public static Step absorb(TransactionState into, TransactionState provisional) {
    return Branches.absorb(
        into, provisional, SubordinateTransaction::onJoin, (s, why) -> fail(s, why, false));
  }
}
