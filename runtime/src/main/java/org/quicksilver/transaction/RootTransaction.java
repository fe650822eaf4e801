package org.quicksilver.transaction;

import java.util.List;
import java.util.Objects;

/**
 * The transaction on the node that decides, until its owner ends it: beginning, joining, failing,
 * merging. One method per event; stateless.
 *
 * <p>Source: transaction-manager.md, "Root"; QuickSilver notes, "Transaction management" (the
 * client's transaction manager is owner and root).
 */
public final class RootTransaction {

  private RootTransaction() {}

  /** A process begins a transaction and owns it. */
  public static Step begin(TransactionId tid, int ownerIncarnation) {
    return begin(tid, Ownership.of(ownerIncarnation));
  }

  /**
   * The same.
   *
   * @param owner {@link Ownership#of} the process, which may be made once for all that it begins
   */
  public static Step begin(TransactionId tid, Ownership owner) {
    return begin(tid, owner, Role.Root.of(RootPhase.ACTIVE));
  }

  /**
   * The same, decided in a replicated log.
   *
   * @param log its name, which is no node's
   */
  public static Step begin(TransactionId tid, int ownerIncarnation, NodeId log) {
    return begin(tid, Ownership.of(ownerIncarnation), new Role.Root(RootPhase.ACTIVE, log));
  }

  private static Step begin(TransactionId tid, Ownership owner, Role role) {
    return Step.to(new TransactionState(tid, role, FewParticipants.NONE, List.of(), null, owner));
  }

  /**
   * One joins, or joins again. A late one is told the outcome or is refused ({@link Step#refuses}).
   *
   * <p>Source: root table, "join"; "Rules", joining while the vote is under way.
   */
  public static Step onJoin(TransactionState state, Participant joining) {
    return switch (state.root().phase()) {
      case ACTIVE -> Joins.whileActive(state, joining);
      case VOTING -> Joins.whileVoting(state, joining);
      case FORCING_COMMIT -> Joins.whileForcing(state, joining);
      case COMMITTING, ABORTING -> Joins.whileEnding(state, joining, RootEnding::ended);
      case ENDED -> Joins.afterEnd(state, joining);
    };
  }

  /**
   * A participant is dead for certain: its process is gone, or its node has come back as a later
   * incarnation without it.
   *
   * <p>Source: root table, "participant dies", "death before the vote"; a dead one-phase or
   * volatile participant counts as acknowledged.
   */
  public static Step onParticipantDied(TransactionState state, ParticipantId id) {
    if (Deaths.isOfNoAccount(state, id)) {
      return Step.unchanged(state);
    }
    Participant dead = Objects.requireNonNull(state.find(id));
    return switch (state.root().phase()) {
      case ACTIVE -> diedWhileActive(state.without(id), dead);
      case VOTING -> missedWhileVoting(Deaths.settle(state, dead), dead, "died");
      case FORCING_COMMIT -> Step.to(Deaths.settle(state, dead));
      case COMMITTING, ABORTING -> Endings.advance(Deaths.settle(state, dead), RootEnding::ended);
      case ENDED -> Step.unchanged(state);
    };
  }

  private static Step diedWhileActive(TransactionState state, Participant dead) {
    String reason = dead.id() + " died";
    if (state.ownership().isReachedBy(dead.id()) && dead.id() instanceof NodeParticipant) {
      return RootEnding.abortAndTell(
          state.withFailure(reason + " and with it the way to the owner"));
    }
    return switch (dead.effectOfDeath()) {
      case DROP -> Step.to(state);
      case FAIL -> Step.to(state.withFailure(reason));
      case TERMINATE -> RootEnding.abortAndTell(state, reason);
    };
  }

  private static Step missedWhileVoting(
      TransactionState state, Participant missed, String whatHappened) {
    return Deaths.sparesTheVote(missed)
        ? Step.to(state)
        : RootEnding.abortAndTell(state, missed.id() + " " + whatHappened + " before the outcome");
  }

  /**
   * The link to a subordinate is down; the subordinate may live on.
   *
   * <p>Source: root table, "subordinate lost": failed, stay; after it voted recoverable its vote
   * stands and it will inquire. If the owner is behind it, the owner's node knows nothing of the
   * coordinator either and aborts alone: that is the owner's death (L3). One that voted volatile
   * aborts the transaction (ours): it may already be aborting alone.
   */
  public static Step onSubordinateLost(TransactionState state, NodeParticipant id) {
    if (Deaths.isOfNoAccount(state, id)) {
      return Step.unchanged(state);
    }
    Participant lost = Objects.requireNonNull(state.find(id));
    TransactionState next = Deaths.lose(state, lost);
    return switch (state.root().phase()) {
      case ACTIVE -> lostWhileActive(next.withFailure(id + " was lost"), id);
      case VOTING -> missedWhileVoting(next, lost, "was lost");
      case FORCING_COMMIT, COMMITTING -> Step.to(next);
      case ABORTING -> Endings.advance(next, RootEnding::ended);
      case ENDED -> Step.unchanged(state);
    };
  }

  private static Step lostWhileActive(TransactionState state, NodeParticipant lost) {
    return state.ownership().isReachedBy(lost) ? RootEnding.abortAndTell(state) : Step.to(state);
  }

  /**
   * A participant wants an abort: it may not have it, but the transaction is failed.
   *
   * <p>Source: root table, "participant aborts"; "Failure is not termination".
   */
  public static Step onParticipantAborts(
      TransactionState state, ParticipantId from, String reason) {
    return onFailed(state, from, new Message.Failed(reason, false));
  }

  /**
   * Something failed at or below a participant. While the outcome is open this is never ignored;
   * while voting it aborts.
   *
   * <p>Source: root table, {@code failed}; QuickSilver transcript, "Distributed Transaction" (not
   * aborted at the first failure, so that reporting goes on).
   */
  public static Step onFailed(TransactionState state, ParticipantId from, Message.Failed failed) {
    if (Deaths.isOfNoAccount(state, from)) {
      return Step.unchanged(state);
    }
    return fail(state, from + ": " + failed.reason(), failed.terminate());
  }

  static Step fail(TransactionState state, String reason, boolean terminate) {
    return switch (state.root().phase()) {
      case ACTIVE ->
          terminate ? RootEnding.abortAndTell(state, reason) : Step.to(state.withFailure(reason));
      case VOTING -> RootEnding.abortAndTell(state, reason);
      case FORCING_COMMIT, COMMITTING, ABORTING, ENDED -> Step.unchanged(state);
    };
  }

  /**
   * A provisional transaction has turned out to be a branch of this one: its participants join, its
   * failures count. Give the provisional one to {@link Branches#onAbsorbed}, whatever this step
   * does; its own owner, if it holds anything, must have joined it.
   *
   * <p>Source: design.md section 4, "Joining" and "provisional branch".
   */
  public static Step absorb(TransactionState into, TransactionState provisional) {
    return Branches.absorb(
        into, provisional, RootTransaction::onJoin, (s, why) -> fail(s, why, false));
  }
}
