package org.quicksilver.node;

import org.quicksilver.transaction.Action;
import org.quicksilver.transaction.TransactionState;

/**
 * Passed by every order of the core as it is carried out. A running node has none; a test of what a
 * death at that very point leaves behind halts the process here.
 */
interface Tripwire {

  /** How far the order is. */
  enum When {
    /** About to be carried out. */
    BEFORE,
    /** Carried out: sent, written, or begun. */
    AFTER,
    /** What was to be forced is on the disk; the core has not been told. */
    FORCED
  }

  /** Does nothing. */
  Tripwire NONE = (state, action, when) -> {};

  /** An order passes. */
  void pass(TransactionState state, Action action, When when);
}
