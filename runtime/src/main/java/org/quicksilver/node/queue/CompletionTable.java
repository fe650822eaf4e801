package org.quicksilver.node.queue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
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
 * known it is forced once more that it is recorded, before the server is told.
 *
 * <p>Source: transaction-manager.md, S18 (a request executes at most once).
 */
public final class CompletionTable {

  private final CompletionPorts ports;
  private final QueueWires wires;
  private final Map<RequestId, CompletionEntry> entries = new LinkedHashMap<>();
  private final Map<TransactionId, RequestId> undecided = new HashMap<>();
  private final Map<RequestId, Consumer<QueueMessage.Found>> waiting = new HashMap<>();
  private final GivenUp givenUp = new GivenUp();

  /** Requests whose entries are on their way to where they survive. */
  private final Set<RequestId> underWay = new HashSet<>();

  /** Empty. */
  public CompletionTable(CompletionPorts ports, QueueWires wires) {
    this.ports = ports;
    this.wires = wires;
  }

  /** The node has found an entry of a former life; its transaction may have been decided since. */
  public void onFound(CompletionEntry entry) {
    entries.put(entry.request(), entry);
    if (!entry.recorded()) {
      undecided.put(entry.transaction(), entry.request());
      Outcome outcome = ports.outcome(entry.transaction());
      if (outcome != null) {
        onDecided(entry.transaction(), outcome);
      }
    }
  }

  /** The node has found that a server was taken for dead that lived. */
  public void onGivenUp(RequestId request, int server) {
    givenUp.add(request, server);
  }

  /** A server commits, and says what the completion is then. Said again after a reconnect. */
  public void onComplete(int server, QueueMessage.Complete m) {
    CompletionEntry known = entries.get(m.request());
    if (givenUp.contains(m.request(), server)) {
      refuse(server, m, "its client took this server for dead, and asked another one");
    } else if (known == null) {
      CompletionEntry entry =
          new CompletionEntry(m.request(), server, m.transaction(), false, m.completion());
      entries.put(m.request(), entry);
      undecided.put(m.transaction(), m.request());
      underWay.add(m.request());
      ports.enter(entry, () -> onEntered(entry));
    } else if (!known.transaction().equals(m.transaction())) {
      refuse(server, m, "another server has completed it");
    } else if (!underWay.contains(m.request())) {
      if (known.recorded()) {
        wires.tell(server, new QueueMessage.Recorded(m.request(), ""));
      } else {
        // This node may have died between the two.
        commit(server, m.transaction());
      }
    }
  }

  private void refuse(int server, QueueMessage.Complete m, String why) {
    ports.abort(server, m.transaction(), m.request() + ": " + why);
    wires.tell(server, new QueueMessage.Recorded(m.request(), why));
  }

  private void onEntered(CompletionEntry entry) {
    underWay.remove(entry.request());
    commit(entry.server(), entry.transaction());
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
      underWay.add(entry.request());
      ports.record(recorded, () -> onRecorded(recorded));
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
    underWay.remove(entry.request());
    wires.tell(entry.server(), new QueueMessage.Recorded(entry.request(), ""));
    answer(entry.request());
  }

  /**
   * The client of a dead server asks; it is answered when that server's transaction is decided. If
   * the server lives, and was taken for dead because a link was lost, it may not complete the
   * request any more, should it not have done so yet.
   */
  public void onInquire(RequestId request, int server, Consumer<QueueMessage.Found> to) {
    waiting.put(request, to);
    CompletionEntry entry = entries.get(request);
    if (entry == null && ports.isAlive(server) && !givenUp.contains(request, server)) {
      ports.giveUp(request, server);
      givenUp.add(request, server);
    }
    if (entry == null || (entry.recorded() && !underWay.contains(request))) {
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
    boolean isAny =
        entries
            .values()
            .removeIf(
                entry -> {
                  boolean over = entry.recorded() && entry.isBelow(node, client, fromSequence);
                  if (over) {
                    ports.forget(entry);
                  }
                  return over;
                });
    if (isAny) {
      ports.needed(node, client, fromSequence);
    }
    givenUp.remove(
        id -> id.node() == node && id.incarnation() == client && id.sequence() < fromSequence,
        ports::forgetGivenUp);
  }

  /** A client is dead: nobody asks for its requests. */
  public void onClientGone(long node, int client) {
    onNeeded(node, client, Long.MAX_VALUE);
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
