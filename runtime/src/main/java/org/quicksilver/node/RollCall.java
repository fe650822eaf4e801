package org.quicksilver.node;

import java.util.Collection;
import org.quicksilver.transaction.EitherRole;
import org.quicksilver.transaction.ProcessParticipant;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.TransactionState;

/**
 * Asks the kernel, just before a transaction is voted on, whether the processes that worked for it
 * still live. Who dies is noticed some milliseconds later than he dies; he whose part is only that
 * he worked casts no vote, and would not be missed. Node thread only.
 */
final class RollCall {

  private final JvmTable jvms;
  private final TransactionShell shell;

  RollCall(JvmTable jvms, TransactionShell shell) {
    this.jvms = jvms;
    this.shell = shell;
  }

  /** Before the vote on a transaction. */
  void call(TransactionState state) {
    call(
        state.tid(),
        state.participants().keySet().stream()
            .filter(id -> id instanceof ProcessParticipant each && each.number() == 0)
            .map(id -> ((ProcessParticipant) id).incarnation())
            .toList());
  }

  /** The same for those of its processes. */
  void call(TransactionId tid, Collection<Integer> processes) {
    for (int process : processes) {
      Jvm jvm = jvms.find(process);
      if (jvm == null || DeathCheck.isDead(jvm)) {
        ProcessParticipant dead = new ProcessParticipant(process);
        shell.on(tid, "death", state -> EitherRole.onParticipantDied(state, dead));
      }
    }
  }
}
