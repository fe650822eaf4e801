package org.quicksilver.memory.lrvm;

import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.quicksilver.memory.CommitMode;
import org.quicksilver.memory.MemoryFailedException;
import org.quicksilver.memory.MemoryOptions;

/**
 * The order of commits: one lock, under which each is given its place in the log and its bytes are
 * copied on their way there. No I/O in here. Thread-safe.
 */
final class CommitLog {

  private final ReentrantLock lock = new ReentrantLock();
  private final TouchedSegments touched = new TouchedSegments();
  private final Lrvm memory;
  private final LogTail tail;
  private final PreparedTransactions prepared;
  private final LogWriter writer;
  private final Health health;
  private final Counters counters;

  CommitLog(Lrvm memory, LogSpace space, LogWriter writer, long generation, MemoryOptions options) {
    this.memory = memory;
    this.writer = writer;
    this.health = memory.health();
    this.counters = memory.counters();
    this.tail = new LogTail(memory, space, writer, generation, options, lock.newCondition());
    this.prepared = new PreparedTransactions(memory, lock, tail, touched, writer);
  }

  MemoryOptions options() {
    return tail.options();
  }

  void options(MemoryOptions other) {
    tail.options(other);
  }

  PreparedTransactions prepared() {
    return prepared;
  }

  /** Returns the LSN to be waited for. */
  long commit(LrvmTransaction transaction, CommitMode mode) {
    lock.lock();
    try {
      health.check();
      if (transaction.parts().isEmpty()) {
        counters.committed.increment();
        return mode == CommitMode.NO_FLUSH ? tail.lsn() : tail.drain();
      }
      long size = RecordWriter.size(transaction);
      if (mode == CommitMode.NO_FLUSH && tail.isMerged(size)) {
        tail.keep(transaction, size);
      } else {
        tail.awaitRoom(size);
        tail.append(RecordType.COMMIT, transaction.id(), transaction);
        tail.publish(mode);
      }
      if (touched.add(transaction)) {
        memory.truncation().request();
      }
      counters.committed.increment();
      counters.declaredBytes.add(transaction.declared());
      return tail.lsn();
    } finally {
      lock.unlock();
    }
  }

  /** Waits as the mode says; not under the lock. */
  void await(long lsn, CommitMode mode) {
    switch (mode) {
      case FLUSH -> {
        counters.forcedCommits.increment();
        writer.awaitForced(lsn);
      }
      case OS_BUFFERED -> writer.awaitWritten(lsn);
      case NO_FLUSH -> {}
    }
  }

  /** Waits until all that was committed is forced. */
  void flush() {
    long end;
    lock.lock();
    try {
      health.check();
      end = tail.drain();
    } finally {
      lock.unlock();
    }
    writer.awaitForced(end);
  }

  /** The same, but gives up if there is no room now; for the thread that makes room. */
  boolean flushIfRoom() {
    long end;
    lock.lock();
    try {
      if (!tail.drainIfRoom()) {
        return false;
      }
      end = tail.lsn();
    } finally {
      lock.unlock();
    }
    writer.awaitForced(end);
    return true;
  }

  /** Bounds the window of vulnerability. What fails is told to whoever commits next. */
  void flushUnasked() {
    try {
      if (!health.isFailed() && !flushIfRoom()) {
        memory.truncation().request();
      }
    } catch (MemoryFailedException e) {
      wake();
    }
  }

  /** Whether the log or what is pending may hold bytes of a segment. */
  boolean mayHold(int segment) {
    lock.lock();
    try {
      return touched.has(segment);
    } finally {
      lock.unlock();
    }
  }

  /** A stretch of the log: all of it when it was asked for. */
  record Epoch(long head, long end, List<LrvmPrepared> undecided, Set<Integer> segments) {}

  /** Ends an epoch here; what comes later goes behind it. */
  Epoch freeze() {
    lock.lock();
    try {
      tail.publish();
      Set<Integer> segments = touched.nextEpoch(tail.isPending());
      return new Epoch(tail.space().head(), tail.lsn(), prepared.all(), segments);
    } finally {
      lock.unlock();
    }
  }

  /** The epoch could not be applied. */
  void unfreeze(Epoch epoch) {
    lock.lock();
    try {
      touched.giveBack(epoch.segments);
    } finally {
      lock.unlock();
    }
  }

  void moveHead(long lsn) {
    lock.lock();
    try {
      tail.space().head(lsn);
      tail.moved();
    } finally {
      lock.unlock();
    }
  }

  void moveClean(long lsn) {
    lock.lock();
    try {
      tail.space().clean(lsn);
      tail.moved();
    } finally {
      lock.unlock();
    }
  }

  /** Something has failed: those who wait should look. */
  void wake() {
    lock.lock();
    try {
      tail.moved();
    } finally {
      lock.unlock();
    }
  }

  /** A look at where the log begins and ends. */
  <T> T look(Function<LogSpace, T> question) {
    lock.lock();
    try {
      return question.apply(tail.space());
    } finally {
      lock.unlock();
    }
  }
}
