package org.quicksilver.local;

import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.Vote;

/**
 * Something of this JVM that takes part in transactions. Called by the thread that ends the
 * transaction, for one transaction never by two at once.
 *
 * <p>Source: transaction-manager.md, "Participation classes".
 */
public interface LocalParticipant {

  /**
   * Asked before the outcome is decided, if it takes part in two phases. Who answers {@link
   * Vote#RECOVERABLE} has forced before what it needs to go either way, also in a later life of the
   * JVM. An exception is a vote to abort.
   */
  Vote vote(TransactionId tid);

  /**
   * Told the outcome; perhaps twice. When it returns, it has taken notice for good. After an
   * exception it is told again, see {@link LocalManager#tellAgain}; a transaction that committed is
   * kept until then.
   */
  void ended(TransactionId tid, Outcome outcome);

  /**
   * Told that ending has begun, if it is one-phase immediate: whatever the outcome will be. Does
   * nothing by itself.
   */
  default void ending(TransactionId tid) {}
}
