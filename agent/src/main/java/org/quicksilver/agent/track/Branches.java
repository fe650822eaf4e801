package org.quicksilver.agent.track;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.quicksilver.transaction.TransactionId;

/**
 * The branches of this JVM that have not ended, and the sequence numbers of its transactions.
 *
 * <p>Branches begin on any thread; {@link #join} and {@link #end} are for one thread, the worker.
 */
public final class Branches {

  private final long node;
  private final int incarnation;
  private final AtomicLong sequence = new AtomicLong(1);
  private final Branch process;
  private final Map<TransactionId, Branch> live = new ConcurrentHashMap<>();
  private final Map<TransactionId, List<Branch>> joined = new HashMap<>();
  private final Set<Branch> turns = ConcurrentHashMap.newKeySet();
  private final TaskTable tasks = new TaskTable();

  /** Begins the process transaction, the first of this incarnation. */
  public Branches(long node, int incarnation) {
    this.node = node;
    this.incarnation = incarnation;
    this.process = new Branch(Branch.Origin.PROCESS, new TransactionId(node, incarnation, 1));
  }

  /** The branch of the process transaction. */
  public Branch process() {
    return process;
  }

  TaskTable tasks() {
    return tasks;
  }

  Branch begin(Branch.Origin origin) {
    Branch branch =
        new Branch(origin, new TransactionId(node, incarnation, sequence.incrementAndGet()));
    live.put(branch.provisional(), branch);
    return branch;
  }

  /**
   * A part of the stream of an accepted connection, from a byte on.
   *
   * @param request number of the request it is; 0 if it has none
   */
  Branch turn(Branch connection, long from, int request) {
    Branch branch =
        new Branch(
            Branch.Origin.ACCEPTED,
            new TransactionId(node, incarnation, sequence.incrementAndGet()),
            connection,
            request);
    branch.over(connection);
    branch.from(from);
    return branch;
  }

  /** Something was opened for it: it is to be found by its ID from now on. */
  public void inUse(Branch turn) {
    live.put(turn.provisional(), turn);
    turns.add(turn);
  }

  /**
   * Forgets the parts of streams for which nothing is open any more, so that a connection may live
   * as long as it likes. Should somebody still work for one, it is in use again with the first
   * thing he opens.
   *
   * @param over told of each that the node knows
   */
  public List<Branch> forgetEmptyTurns(Consumer<Branch> over) {
    turns.removeIf(Branch::ended);
    List<Branch> empty = turns.stream().filter(Branch::staysEmpty).toList();
    for (Branch turn : empty) {
      turns.remove(turn);
      live.remove(turn.provisional());
      List<Branch> all = joined.get(turn.transaction());
      if (all != null && all.remove(turn) && all.isEmpty()) {
        joined.remove(turn.transaction());
      }
      if (turn.announced()) {
        over.accept(turn);
      }
      turn.beginAnew();
    }
    return empty;
  }

  /** The branch of a transaction that a program names, perhaps one of another process. */
  Branch adopt(TransactionId transaction) {
    return live.computeIfAbsent(transaction, id -> new Branch(Branch.Origin.PROGRAM, id));
  }

  /** The branch that was given this ID here, if it has not ended. */
  public @Nullable Branch find(TransactionId provisional) {
    return live.get(provisional);
  }

  /** Those that have not ended, as they come and go. */
  public Iterable<Branch> live() {
    return live.values();
  }

  /**
   * The node has found whose connection it was.
   *
   * @return the branches that are now part of the transaction and were not before
   */
  public List<Branch> join(TransactionId provisional, TransactionId transaction) {
    List<Branch> moved = of(provisional);
    moved.forEach(branch -> branch.join(transaction));
    if (!moved.isEmpty()) {
      joined.computeIfAbsent(transaction, t -> new ArrayList<>()).addAll(moved);
    }
    return moved;
  }

  /** Those of a transaction, which from now on get nothing new. */
  public List<Branch> end(TransactionId transaction) {
    List<Branch> ended = of(transaction);
    ended.forEach(
        branch -> {
          branch.end();
          live.remove(branch.provisional());
        });
    return ended;
  }

  /** Takes out those that have been given this ID, here or by the node. */
  private List<Branch> of(TransactionId transaction) {
    List<Branch> found = new ArrayList<>();
    List<Branch> byNode = joined.remove(transaction);
    if (byNode != null) {
      found.addAll(byNode);
    }
    Branch here = live.get(transaction);
    if (here != null && here.transaction().equals(transaction)) {
      found.add(here);
    }
    return found;
  }

  /** Forgets one whose end nobody will tell us. */
  public void forget(Branch branch) {
    branch.end();
    live.remove(branch.provisional());
  }

  /** Whether this process ever began anything but its process transaction. */
  public boolean everBegan() {
    return sequence.get() > 1;
  }
}
