package org.quicksilver.node.queue;

import org.jspecify.annotations.Nullable;
import org.quicksilver.comm.QueueMessage.RequestId;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.TransactionId;

/** What the table of completions needs of the node. */
public interface CompletionPorts {

  /**
   * Keeps an entry that is not recorded yet and writes it to the log, where a force of what comes
   * later covers it; goes on when it survives the node's process.
   */
  void enter(CompletionEntry entry, Runnable then);

  /** Keeps an entry as recorded, and goes on when that survives a power failure. */
  void record(CompletionEntry entry, Runnable then);

  /** Forgets what is kept of it. */
  void forget(CompletionEntry entry);

  /** A client needs the completions of its requests below a sequence number no more. */
  void needed(long node, int client, long fromSequence);

  /**
   * Keeps that the client of a request takes a server for dead that lives, so that it survives the
   * node's process.
   */
  void giveUp(RequestId request, int server);

  /** Forgets that. */
  void forgetGivenUp(RequestId request, int server);

  /** Whether a process of this node lives. */
  boolean isAlive(int process);

  /** Has the owner commit, as if it had said so. */
  void commit(int process, TransactionId transaction);

  /** Has the owner abort. */
  void abort(int process, TransactionId transaction, String reason);

  /** What has become of a transaction of this node; null while that is open. */
  @Nullable Outcome outcome(TransactionId transaction);
}
