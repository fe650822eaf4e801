package org.quicksilver.transaction;

import java.util.List;

/**
 * The coordinator's role moves to a direct subordinate and the edge between the two is reversed:
 * who was the root reports to who was its subordinate. Only while active: nobody has voted then, so
 * either may abort alone if the link breaks in the middle, and there is never more than one
 * coordinator. One method per event; stateless.
 *
 * <p>Between the two steps nobody is coordinator. The one that handed over keeps its owner's wish
 * until it hears that the role was taken.
 *
 * <p>Source: transaction-manager.md, "Coordinator migration", S16, L2; QuickSilver transcript,
 * "Distributed Transaction" (brittle nodes).
 */
public final class CoordinatorMigration {

  private CoordinatorMigration() {}

  /**
   * A request has gone out to a subordinate whose node's kind is known: a brittle coordinator hands
   * over to the first robust one.
   *
   * <p>Source: transaction-manager.md, "hands over at its first remote link to a node marked
   * robust".
   */
  public static Step onLinked(
      TransactionState state, NodeParticipant to, Sturdiness own, Sturdiness peer) {
    return own == Sturdiness.BRITTLE && peer == Sturdiness.ROBUST
        ? handOver(state, to)
        : Step.unchanged(state);
  }

  /**
   * The coordinator hands its role to a direct subordinate within reach; otherwise nothing happens.
   * Not where a replicated log decides: nothing hangs on the node then.
   *
   * <p>Source: transaction-manager.md, "only while ACTIVE".
   */
  public static Step handOver(TransactionState state, NodeParticipant to) {
    Participant next = state.find(to);
    boolean mayMove =
        state.phase() == RootPhase.ACTIVE
            && state.ownership().goesTo() == null
            && ReplicatedOutcome.logOf(state) == null;
    if (!mayMove || next == null || !next.reachable()) {
      return Step.unchanged(state);
    }
    Ownership handed = state.ownership().handedTo(to);
    Message record = new Message.HandOver(handed.term(), state.failures(), handed.owner() != null);
    return Step.to(
        state.without(to).with(Role.Subordinate.under(to)).with(handed),
        new Action.Send(to, record));
  }

  /**
   * This node is to coordinate. The sender becomes a participant; other superiors are then mere
   * requesters, whose vote requests are answered read-only. One that hangs on another superior than
   * the sender refuses: only where an edge of the tree is reversed does the way to the owner stay
   * one of the tree. One that has already aborted alone says so.
   *
   * <p>Source: transaction-manager.md, "the edge is reversed".
   */
  public static Step onHandOver(
      TransactionState state, NodeParticipant from, Message.HandOver handOver) {
    if (!(state.role() instanceof Role.Subordinate role)
        || role.isStale(from)
        || handOver.term() <= state.ownership().term()) {
      return Step.unchanged(state);
    }
    return switch (role.phase()) {
      case ACTIVE ->
          role.primary().equals(from)
              ? take(state, from, handOver)
              : answer(state, from, new Message.HandOverRefused(handOver.term()));
      case ABORTING, ENDED -> answer(state, from, Message.End.ABORT);
      // Unreachable: there is no vote while the role is under way.
      case VOTING,
          FORCING_PREPARED,
          READ_ONLY,
          VOLATILE,
          PREPARED,
          FORCING_COMMIT,
          FORCING_HEURISTIC,
          COMMITTING,
          RESOLVED ->
          Step.unchanged(state);
    };
  }

  private static Step answer(TransactionState state, NodeParticipant to, Message message) {
    return Step.to(state, new Action.Send(to, message));
  }

  private static Step take(
      TransactionState state, NodeParticipant from, Message.HandOver handOver) {
    TransactionState next =
        state.withFailures(handOver.failures()).with(state.ownership().takenFrom(from, handOver));
    return Step.to(next, new Action.Send(from, new Message.HandOverTaken(handOver.term())))
        .then(now -> coordinate(now, from));
  }

  /** A wish of the owner that was on its way up is here now. */
  private static Step coordinate(TransactionState state, NodeParticipant below) {
    TransactionState root =
        state.with(new Role.Root(RootPhase.ACTIVE)).with(Participant.joining(below));
    return state.ownership().wantsCommit() ? RootVoting.onOwnerCommits(root, 0) : Step.to(root);
  }

  /**
   * The role has arrived. What happened here meanwhile is passed on: an abort, or the owner's wish.
   *
   * <p>Source: transaction-manager.md, S16 (the coordinator may not be asked before it is one).
   */
  public static Step onTaken(
      TransactionState state, NodeParticipant from, Message.HandOverTaken taken) {
    return isAwaited(state, from, taken.term())
        ? Step.to(state.with(state.ownership().taken()), missed(state, from))
        : Step.unchanged(state);
  }

  private static boolean isAwaited(TransactionState state, NodeParticipant from, int term) {
    return state.role() instanceof Role.Subordinate role
        && role.primary().equals(from)
        && state.ownership().awaitsTaken()
        && state.ownership().term() == term;
  }

  /**
   * The role was not taken: this node coordinates on, as if it had not tried.
   *
   * <p>Source: transaction-manager.md, S16, S8.
   */
  public static Step onRefused(
      TransactionState state, NodeParticipant from, Message.HandOverRefused refused) {
    if (!isAwaited(state, from, refused.term()) || state.phase() != SubordinatePhase.ACTIVE) {
      return Step.unchanged(state);
    }
    return coordinate(state.with(state.ownership().taken()), from);
  }

  private static List<Action> missed(TransactionState state, NodeParticipant coordinator) {
    if (state.outcome() == Outcome.ABORTED) {
      String reason = String.join("; ", state.failures());
      return List.of(new Action.Send(coordinator, new Message.Failed(reason, true)));
    }
    return state.ownership().wantsCommit()
        ? List.of(new Action.Send(coordinator, new Message.OwnerCommits()))
        : List.of();
  }
}
