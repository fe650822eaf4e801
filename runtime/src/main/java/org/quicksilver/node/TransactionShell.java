package org.quicksilver.node;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.quicksilver.comm.Message;
import org.quicksilver.node.Counters.Count;
import org.quicksilver.transaction.Action;
import org.quicksilver.transaction.Branches;
import org.quicksilver.transaction.DeathEffect;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.Participant;
import org.quicksilver.transaction.ParticipationClass;
import org.quicksilver.transaction.ProcessParticipant;
import org.quicksilver.transaction.RootEnding;
import org.quicksilver.transaction.RootTransaction;
import org.quicksilver.transaction.RootVoting;
import org.quicksilver.transaction.Step;
import org.quicksilver.transaction.Timer;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.TransactionState;

/**
 * The shell around the pure core: finds the state, lets the core decide, stores the new state, then
 * does what the core ordered. Events for transactions nobody knows change nothing. Node thread
 * only.
 */
final class TransactionShell {

  /** Too small: a busy participant's vote is missed; too large: the owner waits for a dead one. */
  private static final Duration VOTE = Duration.ofSeconds(30);

  private final TransactionTable table;
  private final JvmTable jvms;
  private final NodeThread thread;
  private final NodeLog log;
  private final Counters counters;
  private final Consumer<TransactionState> onDecided;

  /**
   * Wires a shell.
   *
   * @param onDecided told once per transaction when its outcome has been decided and stored
   */
  TransactionShell(
      TransactionTable table,
      JvmTable jvms,
      NodeThread thread,
      NodeLog log,
      Counters counters,
      Consumer<TransactionState> onDecided) {
    this.table = table;
    this.jvms = jvms;
    this.thread = thread;
    this.log = log;
    this.counters = counters;
    this.onDecided = onDecided;
  }

  /** Begins one unless it is known, even if only by its tombstone. */
  void begin(TransactionId tid, int owner) {
    if (table.find(tid) == null) {
      Step step = RootTransaction.begin(tid, owner);
      log.step(tid, "-", step.state().phase(), "begin", "owner " + Integer.toUnsignedString(owner));
      table.put(step.state());
    }
  }

  /** A process takes part. */
  void join(TransactionId tid, int incarnation, DeathEffect onDeath) {
    Participant participant =
        Participant.joining(id(incarnation), ParticipationClass.ONE_PHASE_STANDARD, onDeath);
    on(tid, "join of " + participant.id(), s -> RootTransaction.onJoin(s, participant));
  }

  private static ProcessParticipant id(int incarnation) {
    return new ProcessParticipant(incarnation);
  }

  void ownerCommits(TransactionId tid) {
    on(tid, "owner commits", s -> RootVoting.onOwnerCommits(s, 0));
  }

  void ownerAborts(TransactionId tid, String reason) {
    on(tid, "owner aborts", s -> RootVoting.onOwnerAborts(s, reason));
  }

  void ownerDied(TransactionId tid, int incarnation) {
    on(tid, "owner died", s -> RootVoting.onOwnerDied(s, incarnation));
  }

  void acknowledged(TransactionId tid, int incarnation) {
    on(tid, "end acknowledged", s -> RootEnding.onEndAck(s, id(incarnation)));
  }

  /** A process is dead: it takes part in nothing any more. */
  void died(int incarnation) {
    onAll("death", s -> RootTransaction.onParticipantDied(s, id(incarnation)));
  }

  /** A process is connected again: whatever it has not acknowledged is told again. */
  void reconnected(int incarnation) {
    onAll("reconnection", s -> RootEnding.onReconnected(s, id(incarnation)));
  }

  /** The node has found its transactions in the store. */
  void restarted() {
    onAll("restart", RootEnding::onRestarted);
  }

  /** What was begun under a provisional ID turns out to be part of another transaction. */
  void absorb(TransactionId into, TransactionId provisional) {
    TransactionState branch = table.find(provisional);
    if (branch != null && !branch.phase().isEnded()) {
      on(into, "absorbs " + provisional, s -> RootTransaction.absorb(s, branch));
      on(provisional, "absorbed by " + into, Branches::onAbsorbed);
    }
  }

  private interface Event {
    Step apply(TransactionState state);
  }

  private void onAll(String event, Event core) {
    for (TransactionState state : table.active()) {
      on(state.tid(), event, core);
    }
  }

  private void on(TransactionId tid, String event, Event core) {
    TransactionState before = table.find(tid);
    if (before == null) {
      return;
    }
    Step step = core.apply(before);
    // The core promises the identical object if nothing changed.
    if (step.state() != before) {
      note(before, step.state(), event);
      table.put(step.state());
    }
    perform(tid, step.actions());
    if (before.outcome() == null && step.state().outcome() != null) {
      decided(step.state());
    }
  }

  private void note(TransactionState before, TransactionState after, String event) {
    boolean isNews = !before.phase().equals(after.phase()) || after.isFailed() != before.isFailed();
    if (isNews) {
      List<String> reasons = after.failures();
      log.step(
          after.tid(),
          before.phase(),
          after.phase(),
          event,
          reasons.isEmpty() ? "no failure" : String.join("; ", reasons));
    }
  }

  private void decided(TransactionState state) {
    counters.add(state.outcome() == Outcome.COMMITTED ? Count.COMMITTED : Count.ABORTED);
    onDecided.accept(state);
  }

  private void perform(TransactionId tid, List<Action> actions) {
    for (Action action : actions) {
      if (action instanceof Action.Send send && send.to() instanceof ProcessParticipant to) {
        send(tid, to.incarnation(), send.message());
      } else if (action instanceof Action.SetTimer timer && timer.timer() == Timer.VOTE) {
        awaitVotes(tid, timer);
      } else if (action instanceof Action.Force) {
        throw new IllegalStateException(tid + ": a JVM of this node cannot have voted recoverable");
      }
      // The owner is a participant and told as such; the state in the store is the record of a lazy
      // append; tombstones age.
    }
  }

  private void send(TransactionId tid, int to, org.quicksilver.transaction.Message message) {
    if (message instanceof org.quicksilver.transaction.Message.End end) {
      jvms.send(to, new Message.End(tid, end.outcome() == Outcome.ABORTED));
    }
  }

  private void awaitVotes(TransactionId tid, Action.SetTimer timer) {
    TransactionState state = table.find(tid);
    if (state != null && state.outcome() == null) {
      thread.after(
          VOTE,
          "votes for " + tid,
          () -> on(tid, "timer", s -> RootVoting.onTimer(s, timer.timer(), timer.attempt())));
    }
  }
}
