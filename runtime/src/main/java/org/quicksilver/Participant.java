package org.quicksilver;

import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.Vote;

/**
 * Something in this process that takes part in a transaction. What it is told depends on the class
 * it was enlisted with:
 *
 * <table>
 * <caption>Who is told what</caption>
 * <tr><th>class</th><th>told</th></tr>
 * <tr><td>no state</td><td>nothing</td></tr>
 * <tr><td>one-phase immediate</td><td>{@link #ending}</td></tr>
 * <tr><td>one-phase standard</td><td>the outcome</td></tr>
 * <tr><td>one-phase delayed</td><td>the outcome, after all others have ended</td></tr>
 * <tr><td>two-phase</td><td>{@link #vote}, then the outcome unless it voted read-only</td></tr>
 * </table>
 *
 * <p>Called on the executor given to {@link Quicksilver#open}, one call at a time for each
 * participant. Every call may come twice and has to be idempotent. What {@link #vote} throws is a
 * vote to abort; what the others throw is tried again, because an outcome cannot be declined.
 *
 * <p>Source: transaction-manager.md, "Participation classes".
 */
public interface Participant {

  /**
   * Gets ready to go either way and says what it needs. One that answers {@link Vote#RECOVERABLE}
   * has made durable what it needs to commit and to abort, also after its own death.
   */
  default Vote vote(TransactionId transaction) throws Exception {
    return Vote.READ_ONLY;
  }

  /** Ending has begun; what is done now must not depend on the outcome. */
  default void ending(TransactionId transaction) throws Exception {}

  /** The transaction is committed. */
  default void committed(TransactionId transaction) throws Exception {}

  /** The transaction is aborted: gives back, or undoes. */
  default void aborted(TransactionId transaction) throws Exception {}
}
