package org.quicksilver.transaction;

/**
 * What a participant's own death does to the transaction; declared when joining, from the mildest
 * to the harshest. A two-phase participant's death is never milder than {@link #FAIL}.
 *
 * <p>Source: transaction-manager.md, root table, "participant dies".
 */
public enum DeathEffect {
  /** It is dropped: its volatile state is gone, and nobody else depended on it. */
  DROP,

  /**
   * The transaction is failed, that is, it can only abort; it goes on until its owner ends it or
   * dies.
   */
  FAIL,

  /** The transaction aborts at once. */
  TERMINATE
}
