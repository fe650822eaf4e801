package org.quicksilver.agent.track;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.quicksilver.transaction.TransactionId;

/** The branches of this JVM that have not ended, and the sequence numbers of its transactions. Thread-safe. */
public final class Branches {

  private final long node;
  private final int incarnation;
  private final AtomicLong sequence = new AtomicLong(1);
  private final Branch process;
  private final Set<Branch> live = ConcurrentHashMap.newKeySet();
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
    live.add(branch);
    return branch;
  }

  /** Calls back for each that has not ended. */
  public void forEach(Consumer<Branch> consumer) {
    live.forEach(consumer);
  }

  /** The node has found whose connection it was. */
  public void join(TransactionId provisional, TransactionId transaction) {
    for (Branch branch : live) {
      if (branch.transaction().equals(provisional)) {
        branch.join(transaction);
      }
    }
  }

  /** Those of a transaction, which from now on get nothing new. */
  public List<Branch> end(TransactionId transaction) {
    List<Branch> ended =
        live.stream().filter(branch -> branch.transaction().equals(transaction)).toList();
    ended.forEach(
        branch -> {
          branch.end();
          live.remove(branch);
        });
    return ended;
  }

  /** Forgets one that nobody but us ever heard of. */
  public void forget(Branch branch) {
    live.remove(branch);
  }

  /** Whether this process ever began anything but its process transaction. */
  public boolean everBegan() {
    return sequence.get() > 1;
  }
}
