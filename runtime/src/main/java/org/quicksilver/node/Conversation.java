package org.quicksilver.node;

import org.quicksilver.transaction.TransactionId;

/**
 * The transaction of one connection, beyond what the core knows of it: the connection whose two
 * ends make it end.
 *
 * @param tid which transaction
 * @param owner incarnation of the JVM that owns it
 * @param stranger whether its opener is unknown; it then ends with the accepting end alone
 * @param local the owner's end of the connection; empty as long as it is not known
 * @param remote the other end
 * @param ownerClosed whether the owner's end is closed
 * @param serverClosed whether the other end is closed
 */
record Conversation(
    TransactionId tid,
    int owner,
    boolean stranger,
    String local,
    String remote,
    boolean ownerClosed,
    boolean serverClosed) {

  /** One whose own connection is not known: something further down was found first. */
  static Conversation unknown(TransactionId tid, int owner) {
    return new Conversation(tid, owner, false, "", "", false, false);
  }

  /** One of a connection that its owner opened. */
  static Conversation opened(TransactionId tid, int owner, String local, String remote) {
    return new Conversation(tid, owner, false, local, remote, false, false);
  }

  /** One of a connection that its owner accepted from a stranger. */
  static Conversation ofStranger(TransactionId tid, int owner, String local, String remote) {
    return new Conversation(tid, owner, true, local, remote, false, false);
  }

  boolean isOver(String ownEnd, String otherEnd) {
    return local.equals(ownEnd) && remote.equals(otherEnd);
  }

  boolean isWatched() {
    return !stranger && !local.isEmpty() && !ownerClosed;
  }

  Conversation closedByOwner() {
    return new Conversation(tid, owner, stranger, local, remote, true, serverClosed);
  }

  Conversation closedByServer() {
    return new Conversation(tid, owner, stranger, local, remote, ownerClosed, true);
  }

  /**
   * Whether its owner wants it to end now: both ends are closed, or one and there is nothing to
   * wait for.
   */
  boolean isToEnd(boolean failed) {
    return ownerClosed && (stranger || serverClosed || failed);
  }
}
