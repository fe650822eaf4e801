package org.quicksilver.transaction;

/**
 * Whether a node knows what it does not know.
 *
 * <p>Source: transaction-manager.md, subordinate table, "unknown ... only after recovery has
 * finished".
 */
public enum Readiness {
  /** Store and log are still being read: a transaction not found yet may be there all the same. */
  RECOVERING,

  /** All that there was has been read: what is not found is unknown. */
  RECOVERED
}
