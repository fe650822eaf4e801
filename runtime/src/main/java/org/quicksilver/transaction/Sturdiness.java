package org.quicksilver.transaction;

/**
 * How far a node may be trusted to stay; configured per node, and told to others when a link is
 * made.
 *
 * <p>Source: transaction-manager.md, "Coordinator migration"; QuickSilver transcript, "Distributed
 * Transaction" (brittle client nodes designate a more robust coordinator).
 */
public enum Sturdiness {
  /** A workstation, a spot instance: hands its transactions to the first robust node it meets. */
  BRITTLE,

  /** Keeps its own transactions and is not sought out for those of others. */
  ORDINARY,

  /** Takes over the transactions of brittle nodes that link to it. */
  ROBUST
}
