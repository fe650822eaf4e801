package org.quicksilver.node;

import org.quicksilver.transaction.LogRecord;

/** Where the transaction manager's records go. Called on the node's thread. */
interface TransactionLog {

  /** Writes a record lazily: survives the process, not the power. */
  void append(LogRecord record);

  /**
   * Writes a record durably.
   *
   * @param then run on the node's thread when it is; never if it cannot be made durable
   */
  void force(LogRecord record, Runnable then);
}
