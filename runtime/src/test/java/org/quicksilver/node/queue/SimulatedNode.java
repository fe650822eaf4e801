package org.quicksilver.node.queue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.quicksilver.comm.QueueMessage;
import org.quicksilver.comm.QueueMessage.RequestId;
import org.quicksilver.transaction.NodeId;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.TransactionId;

/**
 * The real table of completions on a node whose transactions commit, or abort, when the schedule
 * says so. What it keeps survives its process; the table itself does not.
 */
public final class SimulatedNode implements CompletionPorts, QueueWires {

  private final Map<RequestId, CompletionEntry> kept = new LinkedHashMap<>();
  private final Map<TransactionId, Outcome> outcomes = new HashMap<>();
  private final Map<TransactionId, Integer> committing = new LinkedHashMap<>();
  private final List<Runnable> forces = new ArrayList<>();
  private final BiConsumer<Integer, QueueMessage.ToProgram> told;
  private final Consumer<TransactionId> committed;
  private CompletionTable table = new CompletionTable(this, this);

  /**
   * Knows nothing.
   *
   * @param committed what commits a transaction's effects
   */
  public SimulatedNode(
      BiConsumer<Integer, QueueMessage.ToProgram> told, Consumer<TransactionId> committed) {
    this.told = told;
    this.committed = committed;
  }

  public void complete(int server, QueueMessage.Complete m) {
    if (outcomes.get(m.transaction()) == null) {
      table.onComplete(server, m);
    } else {
      Outcome outcome = outcomes.get(m.transaction());
      table.onComplete(server, m);
      if (outcome == Outcome.ABORTED) {
        table.onDecided(m.transaction(), outcome);
      }
    }
  }

  public void inquire(RequestId id, Consumer<QueueMessage.Found> to) {
    table.onInquire(id, to);
  }

  /** Transactions on whose end somebody waits. */
  public Set<TransactionId> undecided() {
    return new TreeSet<>(java.util.Comparator.comparingLong(TransactionId::sequence)) {
      private static final long serialVersionUID = 1L;

      {
        addAll(committing.keySet());
      }
    };
  }

  public void decide(TransactionId transaction, Outcome outcome) {
    committing.remove(transaction);
    if (outcomes.putIfAbsent(transaction, outcome) == null) {
      if (outcome == Outcome.COMMITTED) {
        committed.accept(transaction);
      }
      table.onDecided(transaction, outcome);
    }
  }

  public boolean isForcing() {
    return !forces.isEmpty();
  }

  public void forced() {
    forces.remove(0).run();
  }

  /** Its process dies and another goes on from what was kept. */
  public void restart() {
    forces.clear();
    committing.clear();
    table = new CompletionTable(this, this);
    new ArrayList<>(kept.values()).forEach(table::onFound);
  }

  @Override
  public void keep(CompletionEntry entry) {
    kept.put(entry.request(), entry);
  }

  @Override
  public void forget(CompletionEntry entry) {
    kept.remove(entry.request());
  }

  @Override
  public void append(CompletionEntry entry) {}

  @Override
  public void force(CompletionEntry entry, Runnable then) {
    forces.add(then);
  }

  @Override
  public void commit(int process, TransactionId transaction) {
    if (outcomes.get(transaction) == null) {
      committing.put(transaction, process);
    }
  }

  @Override
  public void abort(int process, TransactionId transaction, String reason) {
    decide(transaction, Outcome.ABORTED);
  }

  @Override
  public Outcome outcome(TransactionId transaction) {
    return outcomes.get(transaction);
  }

  @Override
  public void tell(int process, QueueMessage.ToProgram message) {
    told.accept(process, message);
  }

  @Override
  public void say(NodeId node, QueueMessage.Between message) {}

  @Override
  public Collection<NodeId> nodes() {
    return List.of();
  }

  @Override
  public void ask(String queue) {}

  @Override
  public void unask(String queue) {}
}
