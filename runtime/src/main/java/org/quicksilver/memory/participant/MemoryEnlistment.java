package org.quicksilver.memory.participant;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.quicksilver.Participant;
import org.quicksilver.memory.MemoryTransaction;
import org.quicksilver.memory.PreparedTransaction;
import org.quicksilver.memory.Region;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.Vote;

/**
 * A memory's part in one transaction of the transaction manager. It ends with that: there is no
 * commit and no abort here. Thread-safe, but what is stored must be stored before the owner
 * commits.
 *
 * <p>Votes read-only if nothing was declared, and recoverable otherwise; then what it needs to go
 * either way is as durable as the memory makes it.
 */
public final class MemoryEnlistment implements Participant {

  private final MemoryTransaction changes;
  private final int incarnation;
  private final CompletableFuture<Integer> number = new CompletableFuture<>();
  private @Nullable PreparedTransaction prepared;
  private boolean declared;

  MemoryEnlistment(MemoryTransaction changes, int incarnation) {
    this.changes = changes;
    this.incarnation = incarnation;
  }

  /** The node has enlisted it. */
  void number(int given) {
    number.complete(given);
  }

  /**
   * Declares that bytes are going to be changed, as {@link MemoryTransaction#setRange}.
   *
   * @throws org.quicksilver.memory.TransactionEndedException if it has voted or ended
   */
  public synchronized void setRange(Region region, long offset, long length) {
    changes.setRange(region, offset, length);
    declared |= length > 0;
  }

  @Override
  public Vote vote(TransactionId transaction) throws Exception {
    // Not under the lock: the answer to the enlisting may come after the request to vote.
    int own = number.get();
    synchronized (this) {
      if (!declared) {
        changes.close();
        return Vote.READ_ONLY;
      }
      if (prepared == null) {
        prepared = changes.prepare(new PromiseName(transaction, incarnation, own).bytes());
      }
      return Vote.RECOVERABLE;
    }
  }

  @Override
  public synchronized void committed(TransactionId transaction) {
    PreparedTransaction promise = prepared;
    if (promise != null) {
      promise.commit();
    }
  }

  @Override
  public synchronized void aborted(TransactionId transaction) {
    PreparedTransaction promise = prepared;
    if (promise != null) {
      promise.abort();
    } else {
      changes.close();
    }
  }
}
