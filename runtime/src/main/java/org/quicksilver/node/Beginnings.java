package org.quicksilver.node;

import java.time.Duration;
import org.quicksilver.transaction.NodeId;
import org.quicksilver.transaction.TransactionId;

/**
 * Waits for the word of a process that it has begun a transaction, where work for that transaction
 * is heard of first: the process says so over its own channel, before it tells anybody, but waits
 * for no answer. Node thread only.
 */
final class Beginnings {

  private static final Duration PAUSE = Duration.ofMillis(2);

  /** Too few: a busy agent's word comes too late; too many: one that ended long ago is awaited. */
  private static final int TRIES = 250;

  private final NodeId self;
  private final TransactionTable transactions;
  private final JvmTable jvms;
  private final NodeThread thread;

  Beginnings(NodeId self, TransactionTable transactions, JvmTable jvms, NodeThread thread) {
    this.self = self;
    this.transactions = transactions;
    this.jvms = jvms;
    this.thread = thread;
  }

  /** Goes on at once if the transaction is known, or is not one that may still be said to begin. */
  void await(TransactionId tid, Runnable then) {
    await(tid, then, TRIES);
  }

  private void await(TransactionId tid, Runnable then, int tries) {
    boolean mayBegin = tid.node() == self.value() && jvms.find(tid.incarnation()) != null;
    if (tries == 0 || !mayBegin || transactions.find(tid) != null) {
      then.run();
    } else {
      thread.after(PAUSE, "beginning of " + tid, () -> await(tid, then, tries - 1));
    }
  }
}
