package org.quicksilver.node;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.quicksilver.comm.ProgramMessage;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.TransactionId;

/**
 * Tells owners of transactions what became of them: those that asked. The owner of a conversation
 * never does, and is told as a participant like everybody else. Node thread only.
 */
final class Owners {

  private final JvmTable jvms;
  private final Set<TransactionId> asked = new HashSet<>();

  Owners(JvmTable jvms) {
    this.jvms = jvms;
  }

  /** Its owner has asked for the end and waits. */
  void expect(TransactionId tid) {
    asked.add(tid);
  }

  /** The outcome is decided; may be told twice. */
  void decided(TransactionId tid, int owner, Outcome outcome, List<String> reasons) {
    if (asked.remove(tid)) {
      jvms.send(
          owner == 0 ? tid.incarnation() : owner,
          new ProgramMessage.Decided(tid, outcome, reasons));
    }
  }

  /** It may not be committed now. */
  void refused(TransactionId tid, int owner, String reason) {
    asked.remove(tid);
    jvms.send(owner, new ProgramMessage.CommitRefused(tid, reason));
  }
}
