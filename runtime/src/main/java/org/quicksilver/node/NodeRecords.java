package org.quicksilver.node;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.quicksilver.log.DirectoryStorage;
import org.quicksilver.log.LogExtent;
import org.quicksilver.log.LogFailedException;
import org.quicksilver.log.LogFullException;
import org.quicksilver.log.LogManager;
import org.quicksilver.log.LogParticipant;
import org.quicksilver.log.LogRecordCodec;
import org.quicksilver.log.LogStatistics;
import org.quicksilver.log.Lsn;
import org.quicksilver.log.MalformedLogRecordException;
import org.quicksilver.transaction.LogRecord;
import org.quicksilver.transaction.TransactionId;

/**
 * The transaction manager's part of the log. Opened when it is first needed: most nodes never
 * commit anything that must survive a power failure. Node thread only.
 *
 * <p>A full log refuses a record before anything is written: a force is then tried again until
 * there is room, and its owner waits. A log that failed stops the node: only a new one may find out
 * what is in it.
 */
final class NodeRecords implements TransactionLog {

  private static final Duration RETRY = Duration.ofSeconds(1);

  /** Too small: a mark is written for every few transactions; too large: the log grows longer. */
  private static final int ENDS_BETWEEN_MARKS = 1000;

  private final Path directory;
  private final NodeThread thread;
  private final NodeLog log;
  private final Runnable stop;
  private final Map<TransactionId, Long> needed = new LinkedHashMap<>();
  private final Set<TransactionId> committed = new LinkedHashSet<>();
  private @Nullable LogManager manager;
  private long last = Lsn.NONE;
  private int ends;

  /**
   * Opens nothing yet.
   *
   * @param stop has the node stop
   */
  NodeRecords(Path directory, NodeThread thread, NodeLog log, Runnable stop) {
    this.directory = directory;
    this.thread = thread;
    this.log = log;
    this.stop = stop;
  }

  /** The records of every transaction that is not over, in the order of their writing. */
  Map<TransactionId, List<LogRecord>> recover() throws IOException {
    Map<TransactionId, List<LogRecord>> open = new LinkedHashMap<>();
    if (DirectoryStorage.readOnly(directory).list().isEmpty()) {
      return open;
    }
    LogManager opened = manager();
    LogParticipant self = LogParticipant.TRANSACTION_MANAGER;
    List<IOException> damaged = new ArrayList<>();
    opened.read(
        self,
        opened.lowWater(self),
        entry -> {
          try {
            recovered(entry.lsn(), LogRecordCodec.decode(entry.payload()), open);
          } catch (MalformedLogRecordException e) {
            damaged.add(e);
          }
        });
    if (!damaged.isEmpty()) {
      throw damaged.get(0);
    }
    return open;
  }

  private void recovered(long lsn, LogRecord record, Map<TransactionId, List<LogRecord>> open) {
    if (record instanceof LogRecord.End) {
      List<LogRecord> before = open.remove(record.tid());
      if (before != null && before.get(0) instanceof LogRecord.Commit) {
        committed.add(record.tid());
      }
      needed.remove(record.tid());
    } else {
      open.computeIfAbsent(record.tid(), tid -> new ArrayList<>()).add(record);
      needed.putIfAbsent(record.tid(), lsn);
    }
    last = lsn;
  }

  /** Whether anything was ever written. */
  boolean isThere() throws IOException {
    return !DirectoryStorage.readOnly(directory).list().isEmpty();
  }

  /** Those that this node decided to commit and that are over, as far as the log goes back. */
  Set<TransactionId> committed() {
    return committed;
  }

  /** The log itself, opened if it was not: for others who write there. */
  LogManager manager() throws IOException {
    LogManager known = manager;
    if (known == null) {
      known = LogManager.open(directory);
      manager = known;
    }
    return known;
  }

  @Override
  public void append(LogRecord record) {
    try {
      write(record);
    } catch (LogFullException e) {
      // The state in the store says the same.
      log.warn("not in the log: " + record + ": " + e.getMessage());
    } catch (IOException | LogFailedException e) {
      failed(e);
    }
  }

  private long write(LogRecord record) throws IOException {
    last = manager().append(LogParticipant.TRANSACTION_MANAGER, LogRecordCodec.encode(record));
    if (record instanceof LogRecord.End) {
      needed.remove(record.tid());
      mark();
    } else {
      needed.putIfAbsent(record.tid(), last);
    }
    return last;
  }

  /** Below the first record of the oldest that is not over nothing is needed any more. */
  private void mark() throws IOException {
    if (++ends % ENDS_BETWEEN_MARKS == 0) {
      manager().checkpoint(LogParticipant.TRANSACTION_MANAGER, oldestNeeded());
    }
  }

  @Override
  public void force(LogRecord record, Runnable then) {
    try {
      manager()
          .forceLater(write(record))
          .whenComplete(
              (done, failure) ->
                  thread.run(
                      "forced",
                      () -> {
                        if (failure == null) {
                          then.run();
                        } else {
                          failed(failure);
                        }
                      }));
    } catch (LogFullException e) {
      log.warn("waiting for room in the log: " + e.getMessage());
      thread.after(RETRY, "force " + record.tid(), () -> force(record, then));
    } catch (IOException | LogFailedException e) {
      failed(e);
    }
  }

  /** Forces all that was appended; the future is completed on the node's thread. */
  CompletableFuture<LogExtent> force() {
    LogManager opened = manager;
    CompletableFuture<LogExtent> answer = new CompletableFuture<>();
    if (opened == null) {
      answer.complete(new LogExtent(Lsn.NONE, 0, 0, Optional.empty()));
    } else {
      opened
          .settleLater()
          .whenComplete(
              (extent, failure) ->
                  thread.run("log settled", () -> settled(extent, failure, answer)));
    }
    return answer;
  }

  private void settled(
      @Nullable LogExtent extent,
      @Nullable Throwable failure,
      CompletableFuture<LogExtent> answer) {
    if (extent != null) {
      answer.complete(extent);
    } else {
      IllegalStateException why = new IllegalStateException("the log failed: " + failure, failure);
      answer.completeExceptionally(why);
      failed(why);
    }
  }

  /**
   * Gives up the records of all that are over, and has the segments deleted that nobody needs; the
   * future is completed on the node's thread when they are gone.
   */
  CompletableFuture<LogExtent> checkpoint() {
    LogManager opened = manager;
    if (opened != null && last != Lsn.NONE) {
      opened.checkpoint(LogParticipant.TRANSACTION_MANAGER, oldestNeeded());
    }
    return force();
  }

  private long oldestNeeded() {
    return needed.isEmpty() ? last : needed.values().iterator().next();
  }

  /** Below this nothing is kept for transactions. */
  long lowWater() {
    LogManager opened = manager;
    return opened == null ? Lsn.NONE : opened.lowWater(LogParticipant.TRANSACTION_MANAGER);
  }

  LogStatistics statistics() {
    LogManager opened = manager;
    return opened == null ? LogStatistics.NONE : opened.statistics();
  }

  /** It cannot be gone on with. */
  void failed(Throwable why) {
    log.error("the log failed, the node stops; a new one will find out what is in it", why);
    stop.run();
  }

  /** Forces what is there. */
  void close() {
    LogManager opened = manager;
    if (opened != null) {
      try {
        opened.close();
      } catch (LogFailedException e) {
        log.error("the log is not closed in order", e);
      }
    }
  }
}
