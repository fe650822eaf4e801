package org.quicksilver.transaction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the shell is to do after a step, in the order given, about the transaction of the step's
 * state. The new state is stored before the first action is performed; performing an action twice
 * does no harm.
 */
public sealed interface Action {

  /**
   * Send a message; silently lost if there is no link, it is repeated on reconnection.
   *
   * @param to a participant, a superior, or a node to inquire of
   * @param message what to say
   */
  record Send(ParticipantId to, Message message) implements Action {}

  /**
   * Write a log record lazily: survives the process, not the power.
   *
   * @param log the record
   */
  record Append(LogRecord log) implements Action {}

  /**
   * Write a log record durably, then report {@code onForced} with it. A force that fails is never
   * reported: whether the record is there is then unknown, and the node has to stop and recover.
   *
   * @param log the record
   */
  record Force(LogRecord log) implements Action {}

  /**
   * Append an entry for this transaction to a replicated log, then report {@code onAgreed} with the
   * first entry there is for it, this one or another. The first entry is never replaced. Ordered
   * again until that is reported; to be ignored if no replicated log bears the name.
   *
   * @param log its name; or a node's, which decides by itself
   * @param outcome what the entry says
   */
  record Propose(NodeId log, Outcome outcome) implements Action {}

  /**
   * Nobody will ask a replicated log for this transaction any more: its entry is garbage.
   *
   * @param log its name
   */
  record Withdraw(NodeId log) implements Action {}

  /**
   * Start a timer, which replaces a running one of the same kind; at its end report {@code onTimer}
   * with both values. Timers need not survive a restart.
   *
   * @param timer which
   * @param attempt from 0, for back-off
   */
  record SetTimer(Timer timer, int attempt) implements Action {}

  /**
   * Tell the owner the outcome; may be told twice.
   *
   * @param ownerIncarnation the process that owns the transaction
   * @param outcome the outcome
   * @param reasons why, if aborted; in the order in which they came
   */
  record TellOwner(int ownerIncarnation, Outcome outcome, List<String> reasons) implements Action {

    /** Copies the list. */
    public TellOwner {
      reasons = List.copyOf(reasons);
    }
  }

  /**
   * Tell the owner that it may not commit now, and why; the transaction is as before.
   *
   * @param ownerIncarnation the process that owns the transaction
   * @param reason why, and what to do
   */
  record RefuseCommit(int ownerIncarnation, String reason) implements Action {}

  /**
   * Report to the operator that an outcome decided here differs from the true one; neither replaces
   * the other.
   *
   * @param decidedBy who decided here; {@link Authority#OVERRULED} if the report is repeated after
   *     a crash
   * @param here what was done here
   * @param truth what the coordinator decided
   */
  record ReportDamage(Authority decidedBy, Outcome here, Outcome truth) implements Action {}

  /**
   * The transaction is over here: keep the state as a tombstone for at least twice the time after
   * which a link counts as dead, then drop it.
   *
   * @param outcome the outcome; null if this node was left out of phase two or the transaction went
   *     on under another name
   */
  record Forget(@Nullable Outcome outcome) implements Action {
    private static final Forget COMMITTED = new Forget(Outcome.COMMITTED);
    private static final Forget ABORTED = new Forget(Outcome.ABORTED);

    static Forget of(Outcome outcome) {
      return outcome == Outcome.COMMITTED ? COMMITTED : ABORTED;
    }
  }
}
