package org.quicksilver.memory.lrvm;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.quicksilver.memory.CommitMode;
import org.quicksilver.memory.MemoryOptions;
import org.quicksilver.memory.TransactionTooLargeException;

/**
 * The order of commits: one lock, under which each is given its place in the log and its bytes are
 * copied on their way there. No I/O in here. Thread-safe.
 */
final class CommitLog {

  /** Larger ones are not merged with others: there is little to gain, and much to copy. */
  private static final int LARGEST_MERGED = 64 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Line line = new Line(lock.newCondition());
  private final PendingChanges pending = new PendingChanges();
  private final Set<Integer> touched = new HashSet<>();
  private final Set<LrvmRegion> logged = new HashSet<>();
  private final Map<Long, LrvmPrepared> undecided = new LinkedHashMap<>();
  private final Lrvm memory;
  private final LogSpace space;
  private final LogWriter writer;
  private final RecordWriter records;
  private final Spool spool;
  private final long generation;
  private final Health health;
  private final Counters counters;
  private volatile MemoryOptions options;

  CommitLog(Lrvm memory, LogSpace space, LogWriter writer, long generation, MemoryOptions options) {
    this.memory = memory;
    this.space = space;
    this.writer = writer;
    this.spool = new Spool(writer, space.tail());
    this.records = new RecordWriter(spool);
    this.generation = generation;
    this.health = memory.health();
    this.counters = memory.counters();
    this.options = options;
  }

  MemoryOptions options() {
    return options;
  }

  void options(MemoryOptions other) {
    options = other;
  }

  /** Takes up one of a former life. */
  void takeUp(LrvmPrepared prepared) {
    lock.lock();
    try {
      undecided.put(prepared.id(), prepared);
      space.prepared(prepared.size());
    } finally {
      lock.unlock();
    }
  }

  /** Returns the LSN to be waited for. */
  long commit(LrvmTransaction transaction, CommitMode mode) {
    lock.lock();
    try {
      health.check();
      if (transaction.parts().isEmpty()) {
        counters.committed.increment();
        return mode == CommitMode.NO_FLUSH ? space.tail() : drain();
      }
      long size = RecordWriter.size(transaction);
      if (mode == CommitMode.NO_FLUSH && isMerged(size)) {
        keep(transaction, size);
      } else {
        awaitRoom(size);
        append(RecordType.COMMIT, transaction.id(), transaction);
        account(transaction);
        publish(mode);
      }
      counters.committed.increment();
      counters.declaredBytes.add(transaction.declared());
      return space.tail();
    } finally {
      lock.unlock();
    }
  }

  private boolean isMerged(long size) {
    return options.mergeTransactions() && size <= Math.min(LARGEST_MERGED, mostPending());
  }

  private long mostPending() {
    return Math.min(options.buffer(), space.capacity() / 8);
  }

  private void keep(LrvmTransaction transaction, long size) {
    if (pending.recordBound() + size > mostPending()
        && pending.recordSize() + size > mostPending() / 2) {
      awaitRoom(0);
      publish(CommitMode.OS_BUFFERED);
      writer.writeSoon();
    }
    pending.begin(size - LogFormat.FRAME);
    for (DeclaredRanges part : transaction.parts()) {
      part.addTo(pending);
      touch(part);
    }
  }

  private void account(LrvmTransaction transaction) {
    for (DeclaredRanges part : transaction.parts()) {
      touch(part);
    }
  }

  private void touch(DeclaredRanges part) {
    touched.add(part.region().segment());
    logged.add(part.region());
    if (part.region().log(part.size())) {
      memory.truncation().request();
    }
  }

  private void publish(CommitMode mode) {
    if (mode != CommitMode.NO_FLUSH || spool.unpublished() > options.buffer()) {
      spool.publish();
    }
  }

  /** Waits, first come first served, until nothing is pending and a record has room. */
  private void awaitRoom(long size) {
    long failures = memory.truncation().failures();
    line.await(
        () -> isRoom(size, failures),
        () -> {
          counters.waitsForRoom.increment();
          memory.truncation().request();
        });
  }

  private boolean isRoom(long size, long failures) {
    health.check();
    if (!space.canFit(size)) {
      throw tooLarge(size);
    }
    if (!pending.isEmpty() && space.fits(pending.recordBound())) {
      appendPending();
    }
    boolean room = pending.isEmpty() && (size == 0 || space.fits(size));
    if (!room) {
      memory.truncation().throwIfFailedSince(failures);
    }
    return room;
  }

  private TransactionTooLargeException tooLarge(long size) {
    return new TransactionTooLargeException(
        "%d bytes are more than the log can hold, %d less what %d prepared transactions need: abort this one, and make it several, or create a larger log"
            .formatted(size, space.capacity(), undecided.size()));
  }

  private void appendPending() {
    if (pending.transactions() > 1) {
      counters.mergedTransactions.add(pending.transactions());
    }
    append(RecordType.COMMIT, 0, pending);
    pending.clear();
  }

  private void append(RecordType type, long transaction, RecordContent content) {
    long size = RecordWriter.size(content);
    space.append(size);
    records.write(type, generation, transaction, writer.forced(), content);
    counters.loggedBytes.add(size);
    if (space.decided() > options.truncationThreshold() * space.capacity()) {
      memory.truncation().request();
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

  /** Appends and publishes what is pending; returns the tail. Under the lock. */
  private long drain() {
    awaitRoom(0);
    spool.publish();
    return space.tail();
  }

  /** Waits until all that was committed is forced. */
  void flush() {
    long end;
    lock.lock();
    try {
      health.check();
      end = drain();
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
      if (!pending.isEmpty() && !space.fits(pending.recordSize())) {
        return false;
      }
      if (!pending.isEmpty()) {
        appendPending();
      }
      spool.publish();
      end = space.tail();
    } finally {
      lock.unlock();
    }
    writer.awaitForced(end);
    return true;
  }

  /** Appends it as prepared; it is to be waited for. */
  LrvmPrepared prepare(LrvmTransaction transaction, byte[] name) {
    lock.lock();
    try {
      health.check();
      StoredContent content = StoredContent.copyOf(transaction);
      StoredContent named = content.named(name);
      long size = RecordWriter.size(named);
      if (!space.canPrepare(size)) {
        throw tooLarge(3 * size);
      }
      awaitRoom(3 * size);
      append(RecordType.PREPARE, transaction.id(), named);
      account(transaction);
      spool.publish();
      LrvmPrepared prepared =
          new LrvmPrepared(
              memory, transaction.id(), name, content, size, transaction, space.tail());
      undecided.put(prepared.id(), prepared);
      space.prepared(size);
      counters.prepared.increment();
      counters.declaredBytes.add(transaction.declared());
      return prepared;
    } finally {
      lock.unlock();
    }
  }

  /** Logs the outcome and waits until it is forced. */
  void resolve(LrvmPrepared prepared, RecordType outcome) {
    boolean commit = outcome == RecordType.RESOLVED_COMMIT;
    long end;
    lock.lock();
    try {
      health.check();
      if (undecided.containsKey(prepared.id())) {
        RecordContent content = commit ? prepared.content() : RecordContent.NONE;
        awaitRoom(RecordWriter.size(content));
        append(outcome, prepared.id(), content);
        prepared.content().all().forEach(range -> touched.add(range.segment()));
        undecided.remove(prepared.id());
        space.decided(prepared.size());
        line.move();
      }
      spool.publish();
      end = space.tail();
    } finally {
      lock.unlock();
    }
    writer.awaitForced(end);
  }

  List<LrvmPrepared> undecided() {
    lock.lock();
    try {
      return List.copyOf(undecided.values());
    } finally {
      lock.unlock();
    }
  }

  /** Whether the log or what is pending may hold bytes of a segment. */
  boolean mayHold(int segment) {
    lock.lock();
    try {
      return touched.contains(segment);
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
      spool.publish();
      Set<Integer> segments = new HashSet<>(touched);
      if (pending.isEmpty()) {
        touched.clear();
      }
      logged.forEach(LrvmRegion::truncated);
      logged.clear();
      return new Epoch(space.head(), space.tail(), new ArrayList<>(undecided.values()), segments);
    } finally {
      lock.unlock();
    }
  }

  /** Copies those to the end that are still undecided; returns the LSN to be waited for. */
  long copyUndecided(List<LrvmPrepared> candidates) {
    lock.lock();
    try {
      for (LrvmPrepared prepared : candidates) {
        if (undecided.containsKey(prepared.id())) {
          append(RecordType.PREPARE, prepared.id(), prepared.content().named(prepared.name()));
        }
      }
      spool.publish();
      return space.tail();
    } finally {
      lock.unlock();
    }
  }

  /** The epoch was applied, or could not be. */
  void unfreeze(Epoch epoch) {
    lock.lock();
    try {
      touched.addAll(epoch.segments);
    } finally {
      lock.unlock();
    }
  }

  void moveHead(long lsn) {
    lock.lock();
    try {
      space.head(lsn);
      line.move();
    } finally {
      lock.unlock();
    }
  }

  void moveClean(long lsn) {
    lock.lock();
    try {
      space.clean(lsn);
      line.move();
    } finally {
      lock.unlock();
    }
  }

  /** Something has failed: those who wait should look. */
  void wake() {
    lock.lock();
    try {
      line.move();
    } finally {
      lock.unlock();
    }
  }

  /** A look at where the log begins and ends. */
  <T> T look(Function<LogSpace, T> question) {
    lock.lock();
    try {
      return question.apply(space);
    } finally {
      lock.unlock();
    }
  }
}
