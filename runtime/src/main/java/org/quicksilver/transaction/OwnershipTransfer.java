package org.quicksilver.transaction;

/**
 * Ownership goes to a process of a neighbouring node: a direct subordinate, or the primary
 * superior. All other nodes keep what they know, for the way to the owner only grows or shrinks at
 * its end; to a node further off it goes step by step. Only while active, and only by the owner.
 * One method per event; stateless.
 *
 * <p>Until the neighbour has answered, the former owner is still the one whose death aborts, but it
 * may not commit any more. If the link breaks in the middle, both sides abort, as they do when the
 * way to the owner is lost.
 *
 * <p>Source: transaction-manager.md, "Rules" (ownership can be handed to another process);
 * QuickSilver transcript, "Bundling Distributed IPC and X Actions" (the creator may change the
 * owner).
 */
public final class OwnershipTransfer {

  private OwnershipTransfer() {}

  /**
   * The owner hands ownership to a process of a neighbouring node; nothing happens if it is not the
   * owner, has asked for the commit or has requests open, or if the node is no neighbour within
   * reach.
   *
   * @param from the owner, a process of this node
   * @param process incarnation of the next owner, a process of the other node
   */
  public static Step hand(TransactionState state, int from, NodeParticipant to, int process) {
    Ownership ownership = state.ownership();
    boolean mayHand =
        isActive(state)
            && ownership.isOwnedBy(new ProcessParticipant(from))
            && ownership.mayGo()
            && isNeighbour(state, to);
    if (!mayHand) {
      return Step.unchanged(state);
    }
    Ownership handing = ownership.handingTo(to);
    return Step.to(
        state.with(handing),
        new Action.Send(to, new Message.OwnershipHanded(process, handing.moves())));
  }

  private static boolean isActive(TransactionState state) {
    return state.phase() == RootPhase.ACTIVE || state.phase() == SubordinatePhase.ACTIVE;
  }

  private static boolean isNeighbour(TransactionState state, NodeParticipant node) {
    Participant below = state.find(node);
    return below == null ? isAbove(state, node) : below.reachable();
  }

  private static boolean isAbove(TransactionState state, NodeParticipant node) {
    return state.role() instanceof Role.Subordinate role
        && role.primary().equals(node)
        && !role.superiorLost();
  }

  /**
   * A process of this node is to own the transaction. If it is dead already, report its death at
   * once. Refused off the tree, after the end, and while the coordinator's role is on its way.
   */
  public static Step onHanded(
      TransactionState state, NodeParticipant from, Message.OwnershipHanded handed) {
    Ownership ownership = state.ownership();
    if (handed.move() <= ownership.moves()) {
      return Step.unchanged(state);
    }
    boolean isOnTree = ownership.isOwnedBy(from) || isAbove(state, from);
    boolean mayTake = isActive(state) && isOnTree && !ownership.awaitsTaken();
    return mayTake
        ? Step.to(
            state.with(ownership.takenBy(handed)),
            new Action.Send(from, new Message.OwnershipTaken(handed.move())))
        : Step.to(
            state.with(ownership.moved(handed.move())),
            new Action.Send(from, new Message.OwnershipRefused(handed.move())));
  }

  /** The neighbour's process owns it. */
  public static Step onTaken(
      TransactionState state, NodeParticipant from, Message.OwnershipTaken taken) {
    return isAwaited(state, from, taken.move())
        ? Step.to(gone(state, from))
        : Step.unchanged(state);
  }

  /** The owner is behind that neighbour now: below, or elsewhere. */
  static TransactionState gone(TransactionState state, NodeParticipant to) {
    return state.with(state.ownership().gone(state.find(to) == null ? null : to));
  }

  /** The former owner remains the owner, and may commit again. */
  public static Step onRefused(
      TransactionState state, NodeParticipant from, Message.OwnershipRefused refused) {
    return isAwaited(state, from, refused.move())
        ? Step.to(state.with(state.ownership().kept()))
        : Step.unchanged(state);
  }

  private static boolean isAwaited(TransactionState state, NodeParticipant from, int move) {
    return from.equals(state.ownership().goesTo()) && state.ownership().moves() == move;
  }
}
