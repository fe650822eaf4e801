package org.quicksilver.node;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.quicksilver.comm.ProgramMessage;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.ProcessParticipant;
import org.quicksilver.transaction.SubordinatePhase;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.TransactionState;

/**
 * Participants of living processes that this node has forgotten with its store: the log names only
 * those bound by a vote. They are told the outcome, when there is one, and not asked whether they
 * have heard. A transaction that is forgotten, too, was never committed. Node thread only.
 *
 * <p>Source: transaction-manager.md, "Presumed abort"; "After a crash".
 */
final class Bystanders implements TransactionTable.Watcher {

  private final JvmTable jvms;
  private final Map<TransactionId, Set<ProcessParticipant>> waiting = new HashMap<>();

  Bystanders(JvmTable jvms) {
    this.jvms = jvms;
  }

  /**
   * One that is connected again says that it has been enlisted.
   *
   * @param state of the transaction; null if it is not known
   */
  void onInquiry(TransactionId tid, ProcessParticipant from, @Nullable TransactionState state) {
    if (state == null) {
      tell(tid, from, Outcome.ABORTED);
    } else if (!state.participants().containsKey(from)) {
      Outcome outcome = outcome(state);
      if (outcome == null) {
        waiting.computeIfAbsent(tid, key -> new LinkedHashSet<>()).add(from);
      } else {
        tell(tid, from, outcome);
      }
    }
  }

  private static @Nullable Outcome outcome(TransactionState state) {
    boolean isForcing =
        state.phase() == SubordinatePhase.FORCING_COMMIT
            || state.phase() == SubordinatePhase.FORCING_HEURISTIC;
    return isForcing ? null : state.outcome();
  }

  private void tell(TransactionId tid, ProcessParticipant to, Outcome outcome) {
    jvms.send(
        to.incarnation(), new ProgramMessage.Notify(tid, to.number(), Orders.notice(outcome), 0));
  }

  @Override
  public void onFound(TransactionState state) {
    // Nobody is connected yet.
  }

  @Override
  public void onPut(
      @Nullable TransactionState before, TransactionState after, Milestones milestones) {
    Outcome outcome = outcome(after);
    if (outcome != null && !waiting.isEmpty()) {
      Set<ProcessParticipant> those = waiting.remove(after.tid());
      if (those != null) {
        those.forEach(each -> tell(after.tid(), each, outcome));
      }
    }
  }
}
