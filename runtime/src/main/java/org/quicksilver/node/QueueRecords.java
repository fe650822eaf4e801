package org.quicksilver.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.quicksilver.comm.ProgramMessage;
import org.quicksilver.comm.QueueMessage.RequestId;
import org.quicksilver.log.LogFailedException;
import org.quicksilver.log.LogFullException;
import org.quicksilver.log.LogManager;
import org.quicksilver.log.LogParticipant;
import org.quicksilver.log.NodeStore.Section;
import org.quicksilver.node.queue.CompletionEntry;
import org.quicksilver.node.queue.CompletionLog;
import org.quicksilver.node.queue.CompletionPorts;
import org.quicksilver.node.queue.CompletionTable;
import org.quicksilver.node.queue.KeptCompletion;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.TransactionState;

/**
 * Completions in the store, which survives the node's process, and in the log, which survives the
 * power. One that is too long for the store is in the log alone; its transaction does not commit
 * before it is written there. Node thread only.
 */
final class QueueRecords implements CompletionPorts, CompletionLog.Log {

  private static final String COMPLETION = "completion ";
  private static final String GIVEN_UP = "given up ";
  private static final LogParticipant SELF = new LogParticipant("requests");
  private static final int LONGEST_PART = 128 * 1024;

  /** In Base64 well below the longest value of the store. */
  private static final int LONGEST_KEPT = 256 * 1024;

  private static final Duration RETRY = Duration.ofSeconds(1);

  /** A server whose request its client has taken elsewhere. */
  private record Abandoned(RequestId request, int server) {}

  private final Ledger ledger;
  private final NodeRecords records;
  private final TransactionTable transactions;
  private final OwnerWishes owners;
  private final JvmTable jvms;
  private final NodeThread thread;
  private final NodeLog log;
  private final CompletionLog completions = new CompletionLog(LONGEST_PART);

  QueueRecords(
      Ledger ledger,
      NodeRecords records,
      TransactionTable transactions,
      OwnerWishes owners,
      JvmTable jvms,
      NodeThread thread,
      NodeLog log) {
    this.ledger = ledger;
    this.records = records;
    this.transactions = transactions;
    this.owners = owners;
    this.jvms = jvms;
    this.thread = thread;
    this.log = log;
  }

  /** What a former life of the node knew: what is in the store, and what only the log has. */
  void load(CompletionTable table) {
    Map<RequestId, CompletionEntry> entries =
        logged().stream().collect(Collectors.toMap(CompletionEntry::request, each -> each));
    ledger.forEach(
        Section.META,
        COMPLETION,
        KeptCompletion.class,
        (key, kept) -> {
          CompletionEntry entry = kept.entry(entries.get(kept.request()));
          if (entry != null) {
            entries.put(entry.request(), entry);
          }
        });
    entries.values().forEach(table::onFound);
    ledger.forEach(
        Section.META,
        GIVEN_UP,
        Abandoned.class,
        (key, each) -> table.onGivenUp(each.request(), each.server()));
  }

  private List<CompletionEntry> logged() {
    try {
      if (records.isThere()) {
        LogManager manager = records.manager();
        manager.read(SELF, manager.lowWater(SELF), e -> found(e.lsn(), e.payload()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the log cannot be read: " + e.getMessage(), e);
    }
    return completions.found();
  }

  private void found(long lsn, byte[] record) {
    try {
      completions.onFound(lsn, record);
    } catch (IllegalArgumentException e) {
      log.error("dropped what cannot be read of a completion", e);
    }
  }

  @Override
  public void enter(CompletionEntry entry, Runnable then) {
    KeptCompletion kept = kept(entry);
    boolean survives = ledger.putIfRoom(Section.META, key(entry.request()), kept) && !kept.inLog();
    if (survives) {
      append(entry);
      then.run();
    } else {
      write(entry, LogManager::writeLater, then);
    }
  }

  private static KeptCompletion kept(CompletionEntry entry) {
    return KeptCompletion.of(entry, LONGEST_KEPT);
  }

  private void append(CompletionEntry entry) {
    try {
      completions.write(entry, this);
    } catch (LogFullException e) {
      // The store says the same, and the force that follows waits for room.
      log.warn("not in the log: " + entry.request() + ": " + e.getMessage());
    } catch (UncheckedIOException | LogFailedException e) {
      records.failed(e);
    }
  }

  @Override
  public void record(CompletionEntry entry, Runnable then) {
    ledger.put(Section.META, key(entry.request()), kept(entry));
    write(entry, LogManager::forceLater, then);
  }

  /** How a record is made to survive. */
  private interface Way {
    CompletableFuture<Void> later(LogManager manager, long lsn);
  }

  private void write(CompletionEntry entry, Way way, Runnable then) {
    try {
      way.later(manager(), completions.write(entry, this))
          .whenComplete((done, failure) -> thread.run("recorded", () -> written(then, failure)));
    } catch (LogFullException e) {
      log.warn("waiting for room in the log: " + e.getMessage());
      thread.after(RETRY, "record", () -> write(entry, way, then));
    } catch (UncheckedIOException | LogFailedException e) {
      records.failed(e);
    }
  }

  private void written(Runnable then, @Nullable Throwable failure) {
    if (failure == null) {
      then.run();
    } else {
      records.failed(failure);
    }
  }

  private static String key(RequestId id) {
    return COMPLETION + name(id);
  }

  private static String name(RequestId id) {
    return Long.toHexString(id.node())
        + ":"
        + Integer.toUnsignedString(id.incarnation())
        + "#"
        + id.sequence();
  }

  @Override
  public void forget(CompletionEntry entry) {
    ledger.remove(Section.META, key(entry.request()));
    logs(() -> completions.forget(entry.request(), this));
  }

  @Override
  public void needed(long node, int client, long fromSequence) {
    logs(() -> completions.needed(node, client, fromSequence, this));
  }

  /** What is not in the log because it is full is forgotten again after the next start. */
  private void logs(Runnable work) {
    try {
      work.run();
    } catch (LogFullException e) {
      log.warn("not in the log: what may be forgotten: " + e.getMessage());
    } catch (UncheckedIOException | LogFailedException e) {
      records.failed(e);
    }
  }

  @Override
  public void giveUp(RequestId request, int server) {
    ledger.put(Section.META, givenUp(request, server), new Abandoned(request, server));
  }

  @Override
  public void forgetGivenUp(RequestId request, int server) {
    ledger.remove(Section.META, givenUp(request, server));
  }

  private static String givenUp(RequestId request, int server) {
    return GIVEN_UP + name(request) + " by " + Integer.toUnsignedString(server);
  }

  @Override
  public long append(byte[] record) {
    return manager().append(SELF, record);
  }

  @Override
  public void mark(long needed) {
    manager().checkpoint(SELF, needed);
  }

  private LogManager manager() {
    try {
      return records.manager();
    } catch (IOException e) {
      throw new UncheckedIOException("the log cannot be opened: " + e.getMessage(), e);
    }
  }

  @Override
  public boolean isAlive(int process) {
    return jvms.find(process) != null;
  }

  @Override
  public void commit(int process, TransactionId transaction) {
    owners.commit(process, new ProgramMessage.Commit(transaction, 0, List.of()));
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
