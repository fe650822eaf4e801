package org.quicksilver.local;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.quicksilver.transaction.Action;
import org.quicksilver.transaction.DeathEffect;
import org.quicksilver.transaction.Inbox;
import org.quicksilver.transaction.LogRecord;
import org.quicksilver.transaction.Message;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.Participant;
import org.quicksilver.transaction.ParticipantId;
import org.quicksilver.transaction.ParticipationClass;
import org.quicksilver.transaction.ProcessParticipant;
import org.quicksilver.transaction.RootEnding;
import org.quicksilver.transaction.RootPhase;
import org.quicksilver.transaction.RootTransaction;
import org.quicksilver.transaction.RootVoting;
import org.quicksilver.transaction.Step;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.TransactionState;

/**
 * One transaction within this JVM: the shell around the pure core. Does what the core orders, and
 * gives the answers back to it when all that was ordered has been done.
 *
 * <p>Thread-safe; whoever ends it keeps all others waiting until it has ended.
 */
public final class LocalTransaction {

  /** What the core is to hear of a participant, and then of the next. */
  private static final class Answer {
    private final ParticipantId from;
    private final Message message;
    private @Nullable Answer next;

    Answer(ParticipantId from, Message message) {
      this.from = from;
      this.message = message;
    }
  }

  private final LocalManager manager;
  private final LocalLog log;
  private final Enlisted participants = new Enlisted();
  private TransactionState state;
  private @Nullable Answer firstAnswer;
  private @Nullable Answer lastAnswer;
  private boolean isLogged;
  private boolean isAnswering;

  LocalTransaction(LocalManager manager, LocalLog log, TransactionState state) {
    this.manager = manager;
    this.log = log;
    this.state = state;
    isLogged = state.outcome() != null;
  }

  /** Names it, also in the log and in a later life. */
  public TransactionId tid() {
    return state.tid();
  }

  /** What became of it; null while it is not decided. */
  public synchronized @Nullable Outcome outcome() {
    return state.outcome();
  }

  /** Why it can only abort, or was aborted; empty if nothing has failed. */
  public synchronized List<String> failures() {
    return state.failures();
  }

  /**
   * Has a participant take part; again, as the stronger. One that comes after an abort is told so
   * at once.
   *
   * @param number names it within this transaction, from 1; for a recoverable one, the same in
   *     every life of the JVM
   * @throws IllegalStateException if the transaction is past the point where it could; the
   *     participant has to undo what it did under it
   */
  public synchronized void join(
      int number, ParticipationClass participation, LocalParticipant participant) {
    ProcessParticipant id = manager.participant(number);
    Participant joining = Participant.joining(id, participation, DeathEffect.FAIL);
    Step step = RootTransaction.onJoin(state, joining);
    if (step.refuses(id)) {
      throw new IllegalStateException(tid() + " is " + state.phase() + ": too late to join");
    }
    participants.putIfAbsent(id, participant);
    perform(step);
  }

  /**
   * Ends it: with a commit if every participant votes for it. Blocks until all have been told.
   *
   * @return what became of it; {@link #failures} says why, if it was aborted. Once this is
   *     committed it stays so, also if the power fails, if a participant voted recoverable
   * @throws org.quicksilver.log.LogFullException if there is no room for the commit; nothing is
   *     decided, and it may be tried again
   * @throws org.quicksilver.log.LogFailedException if the log failed; whether it is committed only
   *     the next life can find out
   */
  public synchronized Outcome commit() {
    boolean isAgain = state.phase() == RootPhase.FORCING_COMMIT;
    perform(isAgain ? RootEnding.onRestarted(state) : RootVoting.onOwnerCommits(state, 0));
    return decided();
  }

  private Outcome decided() {
    Outcome outcome = state.outcome();
    if (outcome == null) {
      throw new IllegalStateException(
          tid()
              + " is "
              + state.phase()
              + ": it can only be committed, once there is room in the log");
    }
    return outcome;
  }

  /**
   * Ends it with an abort, unless it is committed already. Blocks until all have been told.
   *
   * @param reason for people
   * @return what became of it
   * @throws IllegalStateException if its commit found no room in the log: it can only be tried
   *     again
   */
  public synchronized Outcome abort(String reason) {
    perform(RootVoting.onOwnerAborts(state, reason));
    return decided();
  }

  /**
   * Something went wrong: it can only abort from now on, when its owner ends it.
   *
   * @param reason for people
   */
  public synchronized void fail(int number, String reason) {
    ProcessParticipant who = manager.participant(number);
    perform(RootTransaction.onParticipantAborts(state, who, reason));
  }

  /** Nobody is here yet to be told. */
  synchronized void restarted() {
    perform(RootEnding.onRestarted(state));
  }

  synchronized void tellAgain() {
    if (state.outcome() != null) {
      participants.ids().forEach(id -> perform(RootEnding.onReconnected(state, id)));
    }
  }

  synchronized void returned(int number, LocalParticipant participant) {
    ProcessParticipant now = manager.participant(number);
    for (ParticipantId each : state.participants().keySet()) {
      if (each instanceof ProcessParticipant former && former.number() == number) {
        participants.put(now, participant);
        perform(RootEnding.onReborn(state, former, now));
      }
    }
  }

  /** A participant may come back to this while it is being told something. */
  private void perform(Step step) {
    take(step);
    if (firstAnswer != null && !isAnswering) {
      isAnswering = true;
      try {
        for (Answer next = nextAnswer(); next != null; next = nextAnswer()) {
          take(Inbox.onMessage(state, manager.node(), next.from, next.message));
        }
      } finally {
        isAnswering = false;
      }
    }
  }

  private @Nullable Answer nextAnswer() {
    Answer next = firstAnswer;
    if (next != null) {
      firstAnswer = next.next;
    }
    return next;
  }

  private void answer(ParticipantId from, Message message) {
    Answer answer = new Answer(from, message);
    Answer last = lastAnswer;
    if (firstAnswer == null || last == null) {
      firstAnswer = answer;
    } else {
      last.next = answer;
    }
    lastAnswer = answer;
  }

  private void take(Step step) {
    state = step.state();
    List<Action> actions = step.actions();
    for (int i = 0; i < actions.size(); i++) {
      perform(actions.get(i));
    }
  }

  private void perform(Action action) {
    if (action instanceof Action.Send send) {
      tell(send.to(), send.message());
    } else if (action instanceof Action.Force force) {
      log.force(force.log());
      isLogged = true;
      take(RootVoting.onForced(state, force.log()));
    } else if (action instanceof Action.Append append) {
      append(append.log());
    } else if (action instanceof Action.Forget) {
      manager.forget(tid());
    }
    // Votes are given at once, so no timer is needed; and the owner is answered by commit().
  }

  /** Who voted volatile dies with this JVM: only the end of what was forced is of use. */
  private void append(LogRecord record) {
    if (isLogged) {
      log.append(record);
    }
  }

  private void tell(ParticipantId to, Message message) {
    Message answer = participants.call(tid(), to, message);
    if (answer != null) {
      answer(to, answer);
    }
  }

  @Override
  public synchronized String toString() {
    return tid() + " " + state.phase();
  }
}
