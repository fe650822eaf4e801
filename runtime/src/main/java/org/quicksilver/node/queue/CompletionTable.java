package org.quicksilver.node.queue;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.quicksilver.comm.QueueMessage;
import org.quicksilver.comm.QueueMessage.RequestId;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.TransactionId;

/**
 * The completions of requests of recoverable queues, recorded with the transaction the request was
 * served under: if it commits, so is its completion, and both are found after the death of the
 * server, of this node's process, and of the power. Kept until the client says that it needs them
 * no more, or is dead. Node thread only.
 *
 * <p>How: the entry is kept and appended to the log before the transaction may commit. A forced
 * COMMIT record comes later in the same log, so that it covers the entry; and when the outcome is
 * known the entry is forced once more, as recorded, before the server is told.
 *
 * <p>Source: transaction-manager.md, S18 (a request executes at most once).
 */
public final class CompletionTable {

  private final CompletionPorts ports;
  private final QueueWires wires;
  private final Map<RequestId, CompletionEntry> entries = new LinkedHashMap<>();
  private final Map<TransactionId, RequestId> undecided = new HashMap<>();
  private final Map<RequestId, Consumer<QueueMessage.Found>> waiting = new HashMap<>();

  /** Empty. */
  public CompletionTable(CompletionPorts ports, QueueWires wires) {
    this.ports = ports;
    this.wires = wires;
  }

  /** The node has found an entry of a former life; its transaction may have been decided since. */
  public void onFound(CompletionEntry entry) {
    Outcome outcome = entry.recorded() ? Outcome.COMMITTED : ports.outcome(entry.transaction());
    if (outcome == Outcome.ABORTED) {
      ports.forget(entry);
    } else {
      entries.put(entry.request(), outcome == null ? entry : entry.committed());
      if (outcome == null) {
        undecided.put(entry.transaction(), entry.request());
      }
    }
  }

  /** A server commits, and says what the completion is then. Said again after a reconnect. */
  public void onComplete(int server, QueueMessage.Complete m) {
    CompletionEntry known = entries.get(m.request());
    if (known == null) {
      CompletionEntry entry =
          new CompletionEntry(m.request(), server, m.transaction(), false, m.completion());
      entries.put(m.request(), entry);
      undecided.put(m.transaction(), m.request());
      ports.keep(entry);
      ports.append(entry);
      commit(server, m.transaction());
    } else if (!known.transaction().equals(m.transaction())) {
      ports.abort(server, m.transaction(), "another server has completed " + m.request());
      wires.tell(
          server,
          new QueueMessage.Recorded(m.request(), "another server has completed the request"));
    } else if (known.recorded()) {
      wires.tell(server, new QueueMessage.Recorded(m.request(), ""));
    } else {
      // This node may have died between the two.
      commit(server, m.transaction());
    }
  }

  /** One that this node has forgotten is not committed, and nobody will say so again. */
  private void commit(int server, TransactionId transaction) {
    ports.commit(server, transaction);
    Outcome outcome = ports.outcome(transaction);
    if (outcome != null) {
      onDecided(transaction, outcome);
    }
  }

  /** A transaction is decided. */
  public void onDecided(TransactionId transaction, Outcome outcome) {
    RequestId request = undecided.remove(transaction);
    CompletionEntry entry = request == null ? null : entries.get(request);
    if (entry == null) {
      return;
    }
    if (outcome == Outcome.COMMITTED) {
      CompletionEntry recorded = entry.committed();
      entries.put(entry.request(), recorded);
      ports.keep(recorded);
      ports.force(recorded, () -> onRecorded(recorded));
    } else {
      entries.remove(entry.request());
      ports.forget(entry);
      QueueMessage.Recorded refused =
          new QueueMessage.Recorded(entry.request(), "its transaction was aborted");
      wires.tell(entry.server(), refused);
      answer(entry.request());
    }
  }

  private void onRecorded(CompletionEntry entry) {
    wires.tell(entry.server(), new QueueMessage.Recorded(entry.request(), ""));
    answer(entry.request());
  }

  /** The client of a dead server asks; it is answered when that server's transaction is decided. */
  public void onInquire(RequestId request, Consumer<QueueMessage.Found> to) {
    waiting.put(request, to);
    CompletionEntry entry = entries.get(request);
    if (entry == null || entry.recorded()) {
      answer(request);
    }
  }

  private void answer(RequestId request) {
    Consumer<QueueMessage.Found> to = waiting.remove(request);
    if (to != null) {
      CompletionEntry entry = entries.get(request);
      boolean recorded = entry != null && entry.recorded();
      byte[] completion = entry == null ? new byte[0] : entry.completion();
      to.accept(new QueueMessage.Found(request, recorded, completion));
    }
  }

  /** A client needs the completions of its requests below a sequence number no more. */
  public void onNeeded(long node, int client, long fromSequence) {
    forget(id -> isOf(id, node, client) && id.sequence() < fromSequence);
  }

  /** A client is dead: nobody asks for its requests. */
  public void onClientGone(long node, int client) {
    forget(id -> isOf(id, node, client));
  }

  private static boolean isOf(RequestId id, long node, int client) {
    return id.node() == node && id.incarnation() == client;
  }

  private void forget(Predicate<RequestId> which) {
    entries
        .values()
        .removeIf(
            entry -> {
              boolean over = entry.recorded() && which.test(entry.request());
              if (over) {
                ports.forget(entry);
              }
              return over;
            });
  }

  /** The entry of a request. */
  public @Nullable CompletionEntry find(RequestId request) {
    return entries.get(request);
  }

  /** How many are kept. */
  public int size() {
    return entries.size();
  }
}
