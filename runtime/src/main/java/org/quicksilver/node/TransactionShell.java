package org.quicksilver.node;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.quicksilver.node.Counters.Count;
import org.quicksilver.transaction.Branches;
import org.quicksilver.transaction.DeathEffect;
import org.quicksilver.transaction.LogRecord;
import org.quicksilver.transaction.Message;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.Participant;
import org.quicksilver.transaction.ParticipantId;
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
final class TransactionShell implements Orders.Answers {

  private final TransactionTable table;
  private final Orders orders;
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
      Orders orders,
      NodeLog log,
      Counters counters,
      Consumer<TransactionState> onDecided) {
    this.table = table;
    this.orders = orders;
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

  /** A process takes part with all its handles. */
  void join(TransactionId tid, int incarnation, DeathEffect onDeath) {
    ProcessParticipant process = new ProcessParticipant(incarnation);
    join(tid, Participant.joining(process, ParticipationClass.ONE_PHASE_STANDARD, onDeath));
  }

  /**
   * Something takes part.
   *
   * @return false if it came too late; it has been told so
   */
  boolean join(TransactionId tid, Participant participant) {
    Step step = on(tid, "join of " + participant.id(), s -> RootTransaction.onJoin(s, participant));
    return step != null && !step.refuses(participant.id());
  }

  void ownerCommits(TransactionId tid) {
    ownerCommits(tid, 0);
  }

  void ownerCommits(TransactionId tid, int openRequests) {
    on(tid, "owner commits", s -> RootVoting.onOwnerCommits(s, openRequests));
  }

  void ownerAborts(TransactionId tid, String reason) {
    on(tid, "owner aborts", s -> RootVoting.onOwnerAborts(s, reason));
  }

  void ownerDied(TransactionId tid, int incarnation) {
    on(tid, "owner died", s -> RootVoting.onOwnerDied(s, incarnation));
  }

  void voted(TransactionId tid, ProcessParticipant from, Message.VoteCast vote) {
    on(tid, "vote of " + from, s -> RootVoting.onVote(s, from, vote));
  }

  void acknowledged(TransactionId tid, ProcessParticipant from) {
    on(tid, "end acknowledged", s -> RootEnding.onEndAck(s, from));
  }

  void participantAborts(TransactionId tid, ProcessParticipant from, String reason) {
    on(tid, "abort by " + from, s -> RootTransaction.onParticipantAborts(s, from, reason));
  }

  /** A participant asks again for what it has not been told. */
  void reconnected(TransactionId tid, ProcessParticipant who) {
    on(tid, "inquiry of " + who, s -> RootEnding.onReconnected(s, who));
  }

  /**
   * A participant goes on in a later life of its process.
   *
   * @return false if nothing is awaited of it
   */
  boolean reborn(TransactionId tid, ProcessParticipant former, ProcessParticipant now) {
    Step step = on(tid, "return of " + former, s -> RootEnding.onReborn(s, former, now));
    return step != null && step.state().participants().containsKey(now);
  }

  @Override
  public void onForced(TransactionId tid, LogRecord record) {
    on(tid, "forced", s -> RootVoting.onForced(s, record));
  }

  @Override
  public void onTimer(TransactionId tid, Timer timer, int attempt) {
    on(tid, "timer", s -> RootVoting.onTimer(s, timer, attempt));
  }

  /** A process is dead: it takes part in nothing any more. */
  void died(int incarnation) {
    ofProcess(incarnation, "death", RootTransaction::onParticipantDied);
  }

  /** A process is connected again: whatever it has not acknowledged is told again. */
  void reconnected(int incarnation) {
    ofProcess(incarnation, "reconnection", RootEnding::onReconnected);
  }

  private void ofProcess(
      int incarnation, String event, BiFunction<TransactionState, ParticipantId, Step> core) {
    for (TransactionState state : table.active()) {
      for (ParticipantId id : state.participants().keySet()) {
        if (id instanceof ProcessParticipant each && each.isOf(incarnation)) {
          on(state.tid(), event, s -> core.apply(s, each));
        }
      }
    }
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

  private @Nullable Step on(TransactionId tid, String event, Event core) {
    TransactionState before = table.find(tid);
    if (before == null) {
      return null;
    }
    Step step = core.apply(before);
    // The core promises the identical object if nothing changed.
    if (step.state() != before) {
      note(before, step.state(), event);
      table.put(step.state());
    }
    orders.perform(tid, step.actions(), this);
    if (before.outcome() == null && step.state().outcome() != null) {
      decided(step.state());
    }
    return step;
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
}
