package org.quicksilver.memory.lrvm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The transactions in the log whose outcome is open. Thread-safe, by the {@link CommitLog}'s lock.
 */
final class PreparedTransactions {

  private final Map<Long, LrvmPrepared> undecided = new LinkedHashMap<>();
  private final Lrvm memory;
  private final ReentrantLock lock;
  private final LogTail tail;
  private final TouchedSegments touched;
  private final LogWriter writer;

  PreparedTransactions(
      Lrvm memory, ReentrantLock lock, LogTail tail, TouchedSegments touched, LogWriter writer) {
    this.memory = memory;
    this.lock = lock;
    this.tail = tail;
    this.touched = touched;
    this.writer = writer;
  }

  /** Takes up one of a former life. */
  void takeUp(LrvmPrepared prepared) {
    lock.lock();
    try {
      undecided.put(prepared.id(), prepared);
      tail.space().prepared(prepared.size());
    } finally {
      lock.unlock();
    }
  }

  /** Appends it as prepared; it is to be waited for. */
  LrvmPrepared prepare(LrvmTransaction transaction, byte[] name) {
    lock.lock();
    try {
      memory.health().check();
      StoredContent content = StoredContent.copyOf(transaction);
      StoredContent named = content.named(name);
      long size = RecordWriter.size(named);
      if (!tail.space().canPrepare(size)) {
        throw tail.tooLarge(3 * size);
      }
      tail.awaitRoom(3 * size);
      tail.append(RecordType.PREPARE, transaction.id(), named);
      if (touched.add(transaction)) {
        memory.truncation().request();
      }
      tail.publish();
      LrvmPrepared prepared =
          new LrvmPrepared(memory, transaction.id(), name, content, size, transaction, tail.lsn());
      undecided.put(prepared.id(), prepared);
      tail.space().prepared(size);
      memory.counters().prepared.increment();
      memory.counters().declaredBytes.add(transaction.declared());
      return prepared;
    } finally {
      lock.unlock();
    }
  }

  /** Logs the outcome and waits until it is forced. */
  void resolve(LrvmPrepared prepared, RecordType outcome) {
    long end;
    lock.lock();
    try {
      memory.health().check();
      if (undecided.containsKey(prepared.id())) {
        log(prepared, outcome);
      }
      tail.publish();
      end = tail.lsn();
    } finally {
      lock.unlock();
    }
    writer.awaitForced(end);
  }

  private void log(LrvmPrepared prepared, RecordType outcome) {
    RecordContent content =
        outcome == RecordType.RESOLVED_COMMIT ? prepared.content() : RecordContent.NONE;
    tail.awaitRoom(RecordWriter.size(content));
    tail.append(outcome, prepared.id(), content);
    touched.add(prepared.content());
    undecided.remove(prepared.id());
    tail.space().decided(prepared.size());
    tail.moved();
  }

  List<LrvmPrepared> all() {
    lock.lock();
    try {
      return List.copyOf(undecided.values());
    } finally {
      lock.unlock();
    }
  }

  /** Copies those to the end that are still undecided; returns the LSN to be waited for. */
  long copy(List<LrvmPrepared> candidates) {
    lock.lock();
    try {
      for (LrvmPrepared prepared : candidates) {
        if (undecided.containsKey(prepared.id())) {
          tail.append(RecordType.PREPARE, prepared.id(), prepared.content().named(prepared.name()));
        }
      }
      tail.publish();
      return tail.lsn();
    } finally {
      lock.unlock();
    }
  }
}
