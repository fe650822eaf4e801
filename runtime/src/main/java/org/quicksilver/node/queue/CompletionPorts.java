package org.quicksilver.node.queue;

import org.jspecify.annotations.Nullable;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.TransactionId;

/** What the table of completions needs of the node. */
public interface CompletionPorts {

  /** Keeps an entry so that it survives the node's process; replaces an earlier one. */
  void keep(CompletionEntry entry);

  /** Forgets what is kept of it. */
  void forget(CompletionEntry entry);

  /** Writes an entry to the log, where a force of what comes later covers it. */
  void append(CompletionEntry entry);

  /** Writes an entry to the log, and goes on when it survives a power failure. */
  void force(CompletionEntry entry, Runnable then);

  /** Has the owner commit, as if it had said so. */
  void commit(int process, TransactionId transaction);

  /** Has the owner abort. */
  void abort(int process, TransactionId transaction, String reason);

  /** What has become of a transaction of this node; null while that is open. */
  @Nullable Outcome outcome(TransactionId transaction);
}
