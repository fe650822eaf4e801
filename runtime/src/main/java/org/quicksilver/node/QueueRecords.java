package org.quicksilver.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.quicksilver.comm.ProgramMessage;
import org.quicksilver.comm.QueueMessage.RequestId;
import org.quicksilver.log.LogFailedException;
import org.quicksilver.log.LogFullException;
import org.quicksilver.log.LogManager;
import org.quicksilver.log.LogParticipant;
import org.quicksilver.log.NodeStore.Section;
import org.quicksilver.node.queue.CompletionEntry;
import org.quicksilver.node.queue.CompletionPorts;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.TransactionState;

/**
 * Completions in the store, which survives the node's process, and in the log, which survives the
 * power. Node thread only.
 *
 * <p>In both an entry is JSON. A completion too long for the store is in the log alone; after the
 * death of the node's process it is then there unless that came within milliseconds.
 */
final class QueueRecords implements CompletionPorts {

  private static final String PREFIX = "completion ";
  private static final LogParticipant SELF = new LogParticipant("requests");
  private static final int FORGOTTEN_BETWEEN_MARKS = 1000;

  private final Ledger ledger;
  private final NodeRecords records;
  private final TransactionTable transactions;
  private final OwnerWishes owners;
  private final NodeThread thread;
  private final NodeLog log;
  private final Map<RequestId, Long> oldest = new LinkedHashMap<>();
  private long last;
  private int forgotten;

  QueueRecords(
      Ledger ledger,
      NodeRecords records,
      TransactionTable transactions,
      OwnerWishes owners,
      NodeThread thread,
      NodeLog log) {
    this.ledger = ledger;
    this.records = records;
    this.transactions = transactions;
    this.owners = owners;
    this.thread = thread;
    this.log = log;
  }

  /** The entries of a former life of the node: those in the store, and what only the log has. */
  void load(Consumer<CompletionEntry> found) {
    Map<RequestId, CompletionEntry> entries = new HashMap<>();
    try {
      if (records.isThere()) {
        LogManager manager = records.manager();
        manager.read(
            SELF, manager.lowWater(SELF), entry -> replay(entry.lsn(), entry.payload(), entries));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the log cannot be read: " + e.getMessage(), e);
    }
    ledger.forEach(
        Section.META, PREFIX, CompletionEntry.class, (key, e) -> entries.put(e.request(), e));
    entries.values().forEach(found);
  }

  private void replay(long lsn, byte[] payload, Map<RequestId, CompletionEntry> entries) {
    String json = new String(payload, java.nio.charset.StandardCharsets.UTF_8);
    CompletionEntry entry = Json.read(json, CompletionEntry.class);
    oldest.putIfAbsent(entry.request(), lsn);
    last = lsn;
    entries.put(entry.request(), entry);
  }

  @Override
  public void keep(CompletionEntry entry) {
    ledger.put(Section.META, key(entry), entry);
  }

  private static String key(CompletionEntry entry) {
    RequestId id = entry.request();
    return PREFIX
        + Long.toHexString(id.node())
        + ":"
        + Integer.toUnsignedString(id.incarnation())
        + "#"
        + id.sequence();
  }

  @Override
  public void forget(CompletionEntry entry) {
    ledger.remove(Section.META, key(entry));
    oldest.remove(entry.request());
    if (++forgotten % FORGOTTEN_BETWEEN_MARKS == 0) {
      mark();
    }
  }

  private void mark() {
    try {
      long needed = oldest.isEmpty() ? last : oldest.values().iterator().next();
      records.manager().checkpoint(SELF, needed);
    } catch (IOException | LogFailedException e) {
      records.failed(e);
    }
  }

  @Override
  public void append(CompletionEntry entry) {
    try {
      write(entry);
    } catch (LogFullException e) {
      // The store says the same, and the force that follows waits for room.
      log.warn("not in the log: " + entry.request() + ": " + e.getMessage());
    } catch (IOException | LogFailedException e) {
      records.failed(e);
    }
  }

  private long write(CompletionEntry entry) throws IOException {
    byte[] json = Json.write(entry).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    last = records.manager().append(SELF, json);
    oldest.putIfAbsent(entry.request(), last);
    return last;
  }

  @Override
  public void force(CompletionEntry entry, Runnable then) {
    try {
      records
          .manager()
          .forceLater(write(entry))
          .whenComplete((done, failure) -> thread.run("recorded", () -> forced(then, failure)));
    } catch (LogFullException e) {
      log.warn("waiting for room in the log: " + e.getMessage());
      thread.after(java.time.Duration.ofSeconds(1), "force", () -> force(entry, then));
    } catch (IOException | LogFailedException e) {
      records.failed(e);
    }
  }

  private void forced(Runnable then, @Nullable Throwable failure) {
    if (failure == null) {
      then.run();
    } else {
      records.failed(failure);
    }
  }

  @Override
  public void commit(int process, TransactionId transaction) {
    owners.commit(process, new ProgramMessage.Commit(transaction, 0, java.util.List.of()));
  }

  @Override
  public void abort(int process, TransactionId transaction, String reason) {
    owners.abort(process, new ProgramMessage.Abort(transaction, reason));
  }

  /** One that is not known was not committed, or was and is over, which the log may know. */
  @Override
  public @Nullable Outcome outcome(TransactionId transaction) {
    TransactionState state = transactions.find(transaction);
    if (state != null) {
      return state.outcome();
    }
    return records.committed().contains(transaction) ? Outcome.COMMITTED : Outcome.ABORTED;
  }
}
