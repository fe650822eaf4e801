package org.quicksilver.node;

import java.util.List;
import org.quicksilver.transaction.TransactionId;

/**
 * A transaction as commands see it, with what hangs on it.
 *
 * @param transaction which
 * @param phase where it stands, as in {@link org.quicksilver.transaction.RootPhase}
 * @param failed whether it can only abort
 * @param reasons why
 * @param ownerPid process ID of its owner, 0 if unknown
 * @param owner whose it is
 * @param kind {@code process} or {@code conversation}
 * @param handleCount how many handles of it the owner has open
 * @param handles the first of them
 * @param participants who else takes part
 */
record TreeView(
    TransactionId transaction,
    String phase,
    boolean failed,
    List<String> reasons,
    long ownerPid,
    Member owner,
    String kind,
    int handleCount,
    List<HandleView> handles,
    List<Branch> participants) {

  /**
   * A JVM.
   *
   * @param pid process ID, 0 if unknown
   * @param command command line
   * @param incarnation unsigned
   */
  record Member(long pid, String command, long incarnation) {}

  /**
   * A participant.
   *
   * @param pid process ID
   * @param incarnation unsigned
   * @param command command line
   * @param state LIVE, DISCONNECTED or DEAD
   * @param via the connection over which it was joined, opener's end first; empty if not known
   * @param fromPid process ID of the JVM that opened that connection; 0 for a stranger
   * @param handleCount how many handles of the transaction it has open
   * @param handles the first of them
   */
  record Branch(
      long pid,
      long incarnation,
      String command,
      String state,
      String via,
      long fromPid,
      int handleCount,
      List<HandleView> handles) {}
}
