package org.quicksilver.memory.vista;

/**
 * What the transactions of one slot have done. Counted by the thread that has the slot; who reads
 * it meanwhile may miss the last of it.
 */
final class Tally {
  long committed;
  long aborted;
  long prepared;
  long declared;
  long logged;

  void add(Tally other) {
    committed += other.committed;
    aborted += other.aborted;
    prepared += other.prepared;
    declared += other.declared;
    logged += other.logged;
  }
}
