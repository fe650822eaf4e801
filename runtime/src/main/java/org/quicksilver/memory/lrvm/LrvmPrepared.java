package org.quicksilver.memory.lrvm;

import org.jspecify.annotations.Nullable;
import org.quicksilver.memory.PreparedTransaction;
import org.quicksilver.memory.TransactionEndedException;

/** A prepared transaction: of this life, then with the transaction it was, or of a former one. */
final class LrvmPrepared implements PreparedTransaction {

  private final Lrvm memory;
  private final long id;
  private final byte[] name;
  private final StoredContent content;
  private final long size;
  private final @Nullable LrvmTransaction transaction;
  private final long end;
  private @Nullable RecordType outcome;
  private boolean taken;

  LrvmPrepared(
      Lrvm memory,
      long id,
      byte[] name,
      StoredContent content,
      long size,
      @Nullable LrvmTransaction transaction,
      long end) {
    this.memory = memory;
    this.id = id;
    this.name = name;
    this.content = content;
    this.size = size;
    this.transaction = transaction;
    this.end = end;
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public byte[] name() {
    return name.clone();
  }

  StoredContent content() {
    return content;
  }

  /** Of its record. */
  long size() {
    return size;
  }

  /** LSN of the end of its first record. */
  long end() {
    return end;
  }

  @Override
  public void commit() {
    decide(RecordType.RESOLVED_COMMIT);
  }

  @Override
  public void abort() {
    decide(RecordType.RESOLVED_ABORT);
  }

  private synchronized void decide(RecordType wanted) {
    if (outcome == null) {
      memory.log().prepared().resolve(this, wanted);
      outcome = wanted;
    }
    if (outcome != wanted) {
      throw new TransactionEndedException(
          "prepared transaction "
              + id
              + " was decided before, the other way: "
              + (outcome == RecordType.RESOLVED_COMMIT ? "committed" : "aborted"));
    }
    if (!taken) {
      take(wanted);
      taken = true;
    }
  }

  /** What the outcome means for memory. */
  private void take(RecordType decided) {
    if (transaction == null) {
      if (decided == RecordType.RESOLVED_COMMIT) {
        memory.storeIntoRegions(content);
      }
    } else if (decided == RecordType.RESOLVED_ABORT) {
      transaction.abort();
    } else {
      transaction.ended();
    }
    (decided == RecordType.RESOLVED_COMMIT
            ? memory.counters().committed
            : memory.counters().aborted)
        .increment();
  }
}
