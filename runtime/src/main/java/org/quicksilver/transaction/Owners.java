package org.quicksilver.transaction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an owner does, wherever the coordinator is: on the owner's node and on those between it and
 * the coordinator. One method per event; stateless.
 *
 * <p>Source: transaction-manager.md, "Rules" (the owner may commit or abort; ownership can be
 * handed over; uncompleted asynchronous requests) and root table, "owner ...".
 */
public final class Owners {

  private Owners() {}

  /** The owner has sent an asynchronous request; until it is closed there is no commit. */
  public static Step onRequestOpened(TransactionState state, long request) {
    boolean isNews = !state.ownership().openRequests().contains(request);
    return isNews && !state.phase().isEnded()
        ? Step.to(state.with(state.ownership().opening(request)))
        : Step.unchanged(state);
  }

  /** An asynchronous request of the owner is completed or cancelled. */
  public static Step onRequestClosed(TransactionState state, long request) {
    return state.ownership().openRequests().contains(request)
        ? Step.to(state.with(state.ownership().closing(request)))
        : Step.unchanged(state);
  }

  /**
   * As {@link #onCommits(TransactionState)}, if that process is the owner; otherwise nothing
   * happens.
   */
  public static Step onCommits(TransactionState state, int process) {
    return state.ownership().isOwnedBy(new ProcessParticipant(process))
        ? onCommits(state)
        : Step.unchanged(state);
  }

  /**
   * The owner, a process of this node, commits. If another node coordinates, the wish travels up.
   *
   * <p>Source: root table, "owner commits".
   */
  public static Step onCommits(TransactionState state) {
    int open = state.ownership().openRequests().size();
    if (state.role() instanceof Role.Root) {
      return RootVoting.onOwnerCommits(state, open);
    }
    if (!state.ownership().isHere() || state.outcome() != null) {
      return Step.to(state, tell(state));
    }
    if (state.ownership().goesTo() != null) {
      return refuseOnItsWay(state);
    }
    return open > 0 ? refuse(state, open) : passOn(state);
  }

  static Step refuse(TransactionState state, int openRequests) {
    String reason =
        "transaction "
            + state.tid()
            + " has "
            + openRequests
            + " open requests: await or cancel them, then commit again";
    return refuse(state, reason);
  }

  static Step refuseOnItsWay(TransactionState state) {
    NodeParticipant next = state.ownership().goesTo();
    return refuse(
        state,
        "transaction " + state.tid() + " is being handed to " + next + ": commit if that refuses");
  }

  private static Step refuse(TransactionState state, String reason) {
    return Step.to(state, new Action.RefuseCommit(state.ownership().localIncarnation(), reason));
  }

  private static Step passOn(TransactionState state) {
    if (state.phase() != SubordinatePhase.ACTIVE) {
      return Step.unchanged(state);
    }
    TransactionState next = state.with(state.ownership().wantingCommit());
    return state.ownership().awaitsTaken()
        ? Step.to(next)
        : Step.to(next, new Action.Send(state.subordinate().primary(), new Message.OwnerCommits()));
  }

  /**
   * The owner, somewhere below, commits.
   *
   * <p>Source: as {@link #onCommits}; each reports to its superior, never to the root.
   */
  public static Step onCommitsBelow(TransactionState state, ParticipantId from) {
    if (from instanceof NodeParticipant node && node.equals(state.ownership().goesTo())) {
      // So it was taken; the answer has been overtaken.
      return onCommitsBelow(OwnershipTransfer.gone(state, node), from);
    }
    if (!state.ownership().isOwnedBy(from)) {
      return Step.unchanged(state);
    }
    return state.role() instanceof Role.Root ? RootVoting.onOwnerCommits(state, 0) : passOn(state);
  }

  /**
   * The owner, a process of this node, aborts.
   *
   * <p>Source: root table, "owner aborts".
   */
  public static Step onAborts(TransactionState state, String reason) {
    if (state.role() instanceof Role.Root) {
      return RootVoting.onOwnerAborts(state, reason);
    }
    return state.phase() == SubordinatePhase.ACTIVE
        ? SubordinateTransaction.fail(state, "its owner aborted it: " + reason, true)
        : Step.to(state, tell(state));
  }

  /**
   * The owner, a process of this node, is dead for certain. Once it has asked for the commit,
   * nothing hangs on it.
   *
   * <p>Source: root table, "owner dies", both rows; L3.
   */
  public static Step onDied(TransactionState state, int incarnation) {
    if (state.role() instanceof Role.Root) {
      return RootVoting.onOwnerDied(state, incarnation);
    }
    ProcessParticipant dead = new ProcessParticipant(incarnation);
    boolean hangsOnIt =
        state.phase() == SubordinatePhase.ACTIVE
            && state.ownership().isOwnedBy(dead)
            && !state.ownership().wantsCommit();
    return hangsOnIt
        ? SubordinateTransaction.fail(state, "its owner, " + dead + ", died", true)
        : Step.unchanged(state);
  }

  /**
   * The owner hands ownership to another process of this node; only the owner can, and only before
   * it ends the transaction. The requests it has open go with it.
   *
   * <p>Source: transaction-manager.md, "Rules"; lecture notes, week 10 (the owner may delegate).
   */
  public static Step onHanded(TransactionState state, int from, int to) {
    Ownership ownership = state.ownership();
    boolean isActive =
        state.phase() == RootPhase.ACTIVE || state.phase() == SubordinatePhase.ACTIVE;
    boolean mayHand =
        ownership.isOwnedBy(new ProcessParticipant(from))
            && !ownership.wantsCommit()
            && ownership.goesTo() == null;
    return isActive && mayHand
        ? Step.to(state.with(ownership.ownedBy(new ProcessParticipant(to))))
        : Step.unchanged(state);
  }

  /** What an owner on this node has to hear, as far as it is decided. */
  static List<Action> tell(TransactionState state) {
    Action told = told(state);
    return told == null ? List.of() : List.of(told);
  }

  /** The same; null if nobody is to be told. */
  static @Nullable Action told(TransactionState state) {
    Outcome outcome = state.outcome();
    if (outcome == null || !state.ownership().isHere()) {
      return null;
    }
    List<String> reasons = outcome == Outcome.ABORTED ? state.failures() : List.of();
    return new Action.TellOwner(state.ownership().localIncarnation(), outcome, reasons);
  }
}
