package org.quicksilver.node;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.quicksilver.comm.ProgramMessage;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.Role;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.TransactionState;

/**
 * Tells owners of transactions what became of them: those that asked. The owner of a conversation
 * never does, and is told as a participant like everybody else. Node thread only.
 */
final class OwnerNews {

  private final long node;
  private final JvmTable jvms;
  private final Set<TransactionId> asked = new HashSet<>();

  OwnerNews(long node, JvmTable jvms) {
    this.node = node;
    this.jvms = jvms;
  }

  /** Its owner has asked for the end and waits. */
  void expect(TransactionId tid) {
    asked.add(tid);
  }

  /** The outcome is decided; may be told twice. */
  void decided(TransactionId tid, int owner, Outcome outcome, List<String> reasons) {
    // The log keeps no owner; then it is the process that began it.
    int incarnation = owner == 0 && tid.node() == node ? tid.incarnation() : owner;
    if (asked.remove(tid)) {
      jvms.send(incarnation, new ProgramMessage.Decided(tid, outcome, reasons));
    }
  }

  /** It may not be committed now. */
  void refused(TransactionId tid, int owner, String reason) {
    asked.remove(tid);
    jvms.send(owner, new ProgramMessage.CommitRefused(tid, reason));
  }

  /** Tells owners, former and new, what a step has made of role and ownership. */
  void handed(TransactionState before, TransactionState after) {
    TransactionId tid = after.tid();
    int former = before.ownership().localIncarnation();
    int now = after.ownership().localIncarnation();
    if (before.ownership().awaitsTaken() && !after.ownership().awaitsTaken()) {
      boolean taken = after.role() instanceof Role.Subordinate;
      String refusal = taken ? "" : "the other node refused";
      jvms.send(now, new ProgramMessage.Handed(tid, false, refusal));
    }
    if (before.ownership().goesTo() != null && after.ownership().goesTo() == null) {
      String refusal = now == 0 ? "" : "the other node refused";
      jvms.send(former, new ProgramMessage.Handed(tid, true, refusal));
    }
    if (now != 0 && now != former) {
      jvms.send(now, new ProgramMessage.Owned(tid));
    }
  }

  /** Whether the process is one that lives, as far as is known. */
  boolean isAlive(int incarnation) {
    return jvms.find(incarnation) != null;
  }

  /** A process is connected again, and may not have heard what it owns. */
  void reconnected(int incarnation, Collection<TransactionState> active) {
    for (TransactionState state : active) {
      boolean owns = state.ownership().localIncarnation() == incarnation;
      if (owns && (state.tid().node() != node || state.tid().incarnation() != incarnation)) {
        jvms.send(incarnation, new ProgramMessage.Owned(state.tid()));
      }
    }
  }
}
