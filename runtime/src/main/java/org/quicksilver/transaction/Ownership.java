package org.quicksilver.transaction;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who may commit, as one node sees it, and how often the coordinator's role has moved. Only the
 * nodes between the owner and the root know; to all others it is {@link #ELSEWHERE}. Immutable.
 *
 * <p>Source: transaction-manager.md, "Rules" (ownership, uncompleted asynchronous requests) and
 * "Coordinator migration"; QuickSilver transcript, "Bundling Distributed IPC and X Actions" (the
 * creator owns the transaction, and may change owner and coordinator).
 *
 * @param owner a process: it owns the transaction and lives on this node; a node: the owner is
 *     behind that subordinate; null: nobody here or below
 * @param openRequests asynchronous requests of an owner on this node, neither completed nor
 *     cancelled
 * @param wantsCommit whether the owner has asked for the commit and this node has it to pass on
 * @param term number of hand-overs of the coordinator's role this node has taken part in; tells a
 *     hand-over from its duplicate
 * @param awaitsTaken whether this node has handed the role away and not heard that it was taken
 * @param moves number of the latest move of ownership between nodes that this node has taken part
 *     in; tells a move from its duplicate
 * @param goesTo the neighbour that is to have the next owner and has not answered yet
 */
public record Ownership(
    @Nullable ParticipantId owner,
    Set<Long> openRequests,
    boolean wantsCommit,
    int term,
    boolean awaitsTaken,
    int moves,
    @Nullable NodeParticipant goesTo) {

  /** The owner is neither here nor below. */
  public static final Ownership ELSEWHERE = new Ownership(null, Set.of(), false, 0, false, 0, null);

  /** Copies the set. */
  public Ownership {
    openRequests = Set.copyOf(openRequests);
  }

  /** A process of this node owns the transaction. */
  public static Ownership of(int ownerIncarnation) {
    return ELSEWHERE.ownedBy(new ProcessParticipant(ownerIncarnation));
  }

  /** The owner's incarnation if it is a process of this node, otherwise 0. */
  public int localIncarnation() {
    return owner instanceof ProcessParticipant process ? process.incarnation() : 0;
  }

  /** Whether the owner is a process of this node: then this node must learn the outcome. */
  boolean isHere() {
    return owner instanceof ProcessParticipant;
  }

  boolean isOwnedBy(ParticipantId id) {
    return id.equals(owner);
  }

  Ownership ownedBy(@Nullable ParticipantId next) {
    return new Ownership(next, openRequests, wantsCommit, term, awaitsTaken, moves, goesTo);
  }

  Ownership opening(long request) {
    Set<Long> next = new TreeSet<>(openRequests);
    next.add(request);
    return new Ownership(owner, next, wantsCommit, term, awaitsTaken, moves, goesTo);
  }

  Ownership closing(long request) {
    Set<Long> next = new TreeSet<>(openRequests);
    next.remove(request);
    return new Ownership(owner, next, wantsCommit, term, awaitsTaken, moves, goesTo);
  }

  Ownership wantingCommit() {
    return new Ownership(owner, openRequests, true, term, awaitsTaken, moves, goesTo);
  }

  /** The role has left this node. */
  Ownership handedTo(NodeParticipant next) {
    return new Ownership(
        next.equals(owner) ? null : owner, openRequests, wantsCommit, term + 1, true, moves, null);
  }

  /** The role has come to this node. */
  Ownership takenFrom(NodeParticipant before, Message.HandOver handOver) {
    ParticipantId next = handOver.ownerIsBehindSender() ? before : owner;
    return new Ownership(
        next,
        openRequests,
        wantsCommit,
        handOver.term(),
        false,
        moves,
        handOver.ownerIsBehindSender() ? null : goesTo);
  }

  Ownership taken() {
    return new Ownership(owner, openRequests, wantsCommit, term, false, moves, goesTo);
  }

  /** Whether the owner on this node may hand it to another node. */
  boolean mayGo() {
    return openRequests.isEmpty() && !wantsCommit && !awaitsTaken && goesTo == null;
  }

  /** Whether the owner is behind that subordinate, or perhaps by now. */
  boolean isReachedBy(ParticipantId id) {
    return isOwnedBy(id) || id.equals(goesTo);
  }

  Ownership handingTo(NodeParticipant next) {
    return new Ownership(owner, openRequests, wantsCommit, term, awaitsTaken, moves + 1, next);
  }

  /** A process of this node has it. */
  Ownership takenBy(Message.OwnershipHanded handed) {
    ParticipantId next = new ProcessParticipant(handed.process());
    return new Ownership(next, Set.of(), false, term, awaitsTaken, handed.move(), null);
  }

  Ownership gone(@Nullable NodeParticipant way) {
    return new Ownership(way, openRequests, wantsCommit, term, awaitsTaken, moves, null);
  }

  Ownership kept() {
    return new Ownership(owner, openRequests, wantsCommit, term, awaitsTaken, moves, null);
  }

  /** Has seen this move. */
  Ownership moved(int move) {
    return new Ownership(owner, openRequests, wantsCommit, term, awaitsTaken, move, goesTo);
  }
}
