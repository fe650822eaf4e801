package org.quicksilver.transaction;

/** Where a transaction stands on this node: what is being done or awaited. */
public sealed interface Phase permits RootPhase, SubordinatePhase {

  /** Whether the transaction is over here and only its tombstone is left. */
  boolean isEnded();
}
