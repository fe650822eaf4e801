package org.quicksilver.transaction;

/** What became of a transaction; the same for every participant, and never taken back. */
public enum Outcome {
  /** Every two-phase participant voted for it. */
  COMMITTED,

  /** Whatever was held or changed under it is given back; the state's failures say why. */
  ABORTED
}
