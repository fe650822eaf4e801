package org.quicksilver.node;

import org.quicksilver.log.NodeStore.Section;

/**
 * Since when transactions have been kept. A store that was lost or damaged is begun anew by a later
 * life of the node: what processes older than that say they have begun was perhaps more than they
 * know, and is aborted, unless the log knows better. Node thread only; survives as long as what it
 * tells of.
 */
final class Memory {

  /** Beside the transactions: lost with them, and only then. */
  private static final String KEY = "memory";

  /**
   * What is stored.
   *
   * @param since incarnation of the node that began the store
   */
  private record Begun(int since) {}

  private final Ledger ledger;
  private final int incarnation;
  private final boolean isFirst;
  private int since;

  /**
   * Knows nothing before {@link #load}.
   *
   * @param isFirst whether no node has run for this home before: then nothing is forgotten, however
   *     old the processes are
   */
  Memory(Ledger ledger, int incarnation, boolean isFirst) {
    this.ledger = ledger;
    this.incarnation = incarnation;
    this.isFirst = isFirst;
  }

  void load() {
    ledger.forEach(Section.TRANSACTIONS, KEY, Begun.class, (key, begun) -> since = begun.since());
    if (!isWhole()) {
      since = isFirst ? 0 : incarnation;
      ledger.put(Section.TRANSACTIONS, KEY, new Begun(since));
    }
  }

  /** Whether this life of the node has found all that an earlier one knew of transactions. */
  boolean isWhole() {
    return ledger.isWhole(Section.TRANSACTIONS);
  }

  /** Whether that process may have said things that are forgotten. */
  boolean isYoungerThan(int process) {
    return Integer.compareUnsigned(process, since) < 0;
  }
}
