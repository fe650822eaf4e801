package org.quicksilver.memory.lrvm;

import java.util.concurrent.locks.Condition;
import org.quicksilver.memory.CommitMode;
import org.quicksilver.memory.MemoryOptions;
import org.quicksilver.memory.TransactionTooLargeException;

/**
 * The end of the log: what is pending and not yet a record, room for what comes next, and records
 * on their way to the writer. Used under the lock of {@link CommitLog}, which {@link #awaitRoom}
 * may give up meanwhile.
 */
final class LogTail {

  /** Larger ones are not merged with others: there is little to gain, and much to copy. */
  private static final int LARGEST_MERGED = 64 * 1024;

  private final PendingChanges pending = new PendingChanges();
  private final Lrvm memory;
  private final LogSpace space;
  private final LogWriter writer;
  private final RecordWriter records;
  private final Spool spool;
  private final long generation;
  private final Health health;
  private final Counters counters;
  private final Line line;
  private volatile MemoryOptions options;

  /**
   * Where the next record goes.
   *
   * @param moved of the lock; signalled when there may be more room
   */
  LogTail(
      Lrvm memory,
      LogSpace space,
      LogWriter writer,
      long generation,
      MemoryOptions options,
      Condition moved) {
    this.memory = memory;
    this.space = space;
    this.writer = writer;
    this.spool = new Spool(writer, space.tail());
    this.records = new RecordWriter(spool);
    this.generation = generation;
    this.health = memory.health();
    this.counters = memory.counters();
    this.line = new Line(moved);
    this.options = options;
  }

  MemoryOptions options() {
    return options;
  }

  void options(MemoryOptions other) {
    options = other;
  }

  LogSpace space() {
    return space;
  }

  /** LSN of the next record. */
  long lsn() {
    return space.tail();
  }

  boolean isPending() {
    return !pending.isEmpty();
  }

  /** Those who wait for room should look. */
  void moved() {
    line.move();
  }

  /** Whether a {@code NO_FLUSH} transaction of that size waits in memory for others. */
  boolean isMerged(long size) {
    return options.mergeTransactions() && size <= Math.min(LARGEST_MERGED, mostPending());
  }

  private long mostPending() {
    return Math.min(options.buffer(), space.capacity() / 8);
  }

  /** Adds it to what is pending; if that is too much, has it written first. */
  void keep(LrvmTransaction transaction, long size) {
    if (pending.recordBound() + size > mostPending()
        && pending.recordSize() + size > mostPending() / 2) {
      drain();
      writer.writeSoon();
    }
    pending.begin(size - LogFormat.FRAME);
    for (DeclaredRanges part : transaction.parts()) {
      part.addTo(pending);
    }
  }

  /** Waits, first come first served, until nothing is pending and a record has room. */
  void awaitRoom(long size) {
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

  TransactionTooLargeException tooLarge(long size) {
    return new TransactionTooLargeException(
        "%d bytes are more than the log can hold, %d less what %d prepared transactions need: abort this one, and make it several, or create a larger log"
            .formatted(size, space.capacity(), space.undecided()));
  }

  private void appendPending() {
    if (pending.transactions() > 1) {
      counters.mergedTransactions.add(pending.transactions());
    }
    append(RecordType.COMMIT, 0, pending);
    pending.clear();
  }

  /** Appends a record, for which there is room. */
  void append(RecordType type, long transaction, RecordContent content) {
    long size = RecordWriter.size(content);
    space.append(size);
    records.write(type, generation, transaction, writer.forced(), content);
    counters.loggedBytes.add(size);
    if (space.decided() > options.truncationThreshold() * space.capacity()) {
      memory.truncation().request();
    }
  }

  /** Gives the writer all records. */
  void publish() {
    spool.publish();
  }

  /** The same, unless nobody asks for it and they are few. */
  void publish(CommitMode mode) {
    if (mode != CommitMode.NO_FLUSH || spool.unpublished() > options.buffer()) {
      spool.publish();
    }
  }

  /** Appends and publishes what is pending; returns the LSN to be waited for. */
  long drain() {
    awaitRoom(0);
    spool.publish();
    return lsn();
  }

  /** The same, but false if there is no room now. */
  boolean drainIfRoom() {
    if (!pending.isEmpty() && !space.fits(pending.recordSize())) {
      return false;
    }
    if (!pending.isEmpty()) {
      appendPending();
    }
    spool.publish();
    return true;
  }
}
