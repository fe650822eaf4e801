package org.quicksilver.node;

import org.quicksilver.transaction.TransactionId;

/**
 * One connection between two JVMs, or from a stranger to one, as the accepting side announced it.
 *
 * @param acceptor incarnation of the JVM that accepted it
 * @param provisional what it was tagged with there at first
 * @param transaction what it belongs to as its opener has it; the provisional one for a stranger's
 * @param opener incarnation of the JVM that opened it; 0 for a stranger
 * @param local the accepting end
 * @param remote the opening end
 * @param closed whether the accepting end is closed
 * @param turn 0 for the connection itself; of a part of its stream, one more than the number of its
 *     first byte
 */
record Link(
    int acceptor,
    TransactionId provisional,
    TransactionId transaction,
    int opener,
    String local,
    String remote,
    boolean closed,
    long turn) {

  Link closedNow() {
    return new Link(acceptor, provisional, transaction, opener, local, remote, true, turn);
  }

  /** The connection as its opener has it in its breadcrumbs. */
  String seenByOpener() {
    return remote + " -> " + local;
  }
}
