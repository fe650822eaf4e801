package org.quicksilver.node;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.quicksilver.node.Counters.Count;
import org.quicksilver.transaction.Branches;
import org.quicksilver.transaction.DeathEffect;
import org.quicksilver.transaction.EitherRole;
import org.quicksilver.transaction.LogRecord;
import org.quicksilver.transaction.Message;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.Owners;
import org.quicksilver.transaction.Participant;
import org.quicksilver.transaction.ParticipantId;
import org.quicksilver.transaction.ParticipationClass;
import org.quicksilver.transaction.ProcessParticipant;
import org.quicksilver.transaction.RootTransaction;
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
  private final OwnerNews owners;
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
      OwnerNews owners,
      NodeLog log,
      Counters counters,
      Consumer<TransactionState> onDecided) {
    this.table = table;
    this.orders = orders;
    this.owners = owners;
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
    Step step = on(tid, "join of " + participant.id(), s -> EitherRole.onJoin(s, participant));
    return step != null && !step.refuses(participant.id());
  }

  /** The owner commits: at once, or as soon as the wish has reached who coordinates. */
  void ownerCommits(TransactionId tid) {
    on(tid, "owner commits", Owners::onCommits);
  }

  /** The same if that process is the owner; of one that is decided it is told the outcome again. */
  void ownerCommits(TransactionId tid, int process) {
    on(
        tid,
        "owner commits",
        s -> s.outcome() == null ? Owners.onCommits(s, process) : Owners.onCommits(s));
  }

  void ownerAborts(TransactionId tid, String reason) {
    on(tid, "owner aborts", s -> Owners.onAborts(s, reason));
  }

  void ownerDied(TransactionId tid, int incarnation) {
    on(tid, "owner died", s -> Owners.onDied(s, incarnation));
  }

  void voted(TransactionId tid, ProcessParticipant from, Message.VoteCast vote) {
    on(tid, "vote of " + from, s -> EitherRole.onVote(s, from, vote));
  }

  void acknowledged(TransactionId tid, ProcessParticipant from) {
    on(tid, "end acknowledged", s -> EitherRole.onEndAck(s, from));
  }

  void participantAborts(TransactionId tid, ProcessParticipant from, String reason) {
    on(tid, "abort by " + from, s -> EitherRole.onParticipantAborts(s, from, reason));
  }

  /** A participant asks again for what it has not been told. */
  void reconnected(TransactionId tid, ProcessParticipant who) {
    on(tid, "inquiry of " + who, s -> EitherRole.onReconnected(s, who));
  }

  /**
   * A participant goes on in a later life of its process.
   *
   * @return false if nothing is awaited of it
   */
  boolean reborn(TransactionId tid, ProcessParticipant former, ProcessParticipant now) {
    Step step = on(tid, "return of " + former, s -> EitherRole.onReborn(s, former, now));
    return step != null && step.state().participants().containsKey(now);
  }

  @Override
  public void onForced(TransactionId tid, LogRecord record) {
    on(tid, "forced", s -> EitherRole.onForced(s, record));
  }

  @Override
  public void onTimer(TransactionId tid, Timer timer, int attempt) {
    on(tid, "timer", s -> EitherRole.onTimer(s, timer, attempt));
  }

  /** A process is dead: it takes part in nothing any more. */
  void died(int incarnation) {
    ofProcess(incarnation, "death", EitherRole::onParticipantDied);
  }

  /** A process is connected again: whatever it has not acknowledged is told again. */
  void reconnected(int incarnation) {
    ofProcess(incarnation, "reconnection", EitherRole::onReconnected);
    owners.reconnected(incarnation, table.active());
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
    for (TransactionState state : table.active()) {
      on(state.tid(), "restart", EitherRole::onRestarted);
    }
  }

  /** What was begun under a provisional ID turns out to be part of another transaction. */
  void absorb(TransactionId into, TransactionId provisional) {
    TransactionState branch = table.find(provisional);
    if (branch != null && !branch.phase().isEnded()) {
      on(into, "absorbs " + provisional, s -> EitherRole.absorb(s, branch));
      on(provisional, "absorbed by " + into, Branches::onAbsorbed);
    }
  }

  /** What the core makes of an event. */
  interface Event {
    /** One step. */
    Step apply(TransactionState state);
  }

  /** A transaction that was not known here begins with a step of the core. */
  void enter(TransactionId tid, String event, Step step) {
    log.step(tid, "-", step.state().phase(), event, "not known before");
    table.put(step.state());
    orders.perform(step, this);
  }

  /**
   * Has the core decide about an event, stores the new state, and does what the core ordered.
   *
   * @return null if nobody knows the transaction: nothing has happened
   */
  @Nullable Step on(TransactionId tid, String event, Event core) {
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
    orders.perform(step, this);
    if (!before.ownership().equals(step.state().ownership())) {
      owners.handed(before, step.state());
      abortIfNewOwnerIsDead(before, step.state());
    }
    if (before.outcome() == null && step.state().outcome() != null) {
      decided(step.state());
    }
    return step;
  }

  /** It may have died while the ownership was on its way. */
  private void abortIfNewOwnerIsDead(TransactionState before, TransactionState after) {
    int owner = after.ownership().localIncarnation();
    boolean isNew = owner != 0 && owner != before.ownership().localIncarnation();
    if (isNew && !owners.isAlive(owner)) {
      ownerDied(after.tid(), owner);
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
}
