package org.quicksilver.node;

import java.time.Duration;
import org.quicksilver.comm.LinkMessage;
import org.quicksilver.comm.Message;
import org.quicksilver.comm.ProgramMessage;
import org.quicksilver.comm.ProgramMessage.Notice;
import org.quicksilver.node.Tripwire.When;
import org.quicksilver.transaction.Action;
import org.quicksilver.transaction.LogRecord;
import org.quicksilver.transaction.Message.End;
import org.quicksilver.transaction.Message.EndAck;
import org.quicksilver.transaction.Message.Ending;
import org.quicksilver.transaction.Message.JoinRefused;
import org.quicksilver.transaction.Message.OutcomeIs;
import org.quicksilver.transaction.Message.VoteRequest;
import org.quicksilver.transaction.NodeParticipant;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.ProcessParticipant;
import org.quicksilver.transaction.Step;
import org.quicksilver.transaction.Timer;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.TransactionState;

/** Does what the core orders, in order. Node thread only. */
final class Orders {

  /** Too small: a busy participant's vote is missed; too large: the owner waits for a dead one. */
  private static final Duration VOTE = Duration.ofSeconds(30);

  private static final Duration FIRST_INQUIRY = Duration.ofMillis(100);
  private static final int MOST_DOUBLINGS = 8;

  /** Where the events that answer an order go. */
  interface Answers {
    /** A record is durable. */
    void onForced(TransactionId tid, LogRecord record);

    /** A timer has run out. */
    void onTimer(TransactionId tid, Timer timer, int attempt);
  }

  private final JvmTable jvms;
  private final Neighbours neighbours;
  private final NodeThread thread;
  private final TransactionLog records;
  private final OwnerNews owners;
  private final Tripwire tripwire;
  private final NodeLog log;

  Orders(
      JvmTable jvms,
      Neighbours neighbours,
      NodeThread thread,
      TransactionLog records,
      OwnerNews owners,
      Tripwire tripwire,
      NodeLog log) {
    this.jvms = jvms;
    this.neighbours = neighbours;
    this.thread = thread;
    this.records = records;
    this.owners = owners;
    this.tripwire = tripwire;
    this.log = log;
  }

  void perform(Step step, Answers answers) {
    TransactionState state = step.state();
    for (Action action : step.actions()) {
      tripwire.pass(state, action, When.BEFORE);
      perform(state, action, answers);
      tripwire.pass(state, action, When.AFTER);
    }
  }

  private void perform(TransactionState state, Action action, Answers answers) {
    TransactionId tid = state.tid();
    if (action instanceof Action.Send send && send.to() instanceof ProcessParticipant to) {
      send(tid, to, send.message());
    } else if (action instanceof Action.Send send && send.to() instanceof NodeParticipant to) {
      send(to, new LinkMessage.About(tid, send.message()));
    } else if (action instanceof Action.Append append) {
      records.append(append.log());
    } else if (action instanceof Action.Force force) {
      records.force(
          force.log(),
          () -> {
            tripwire.pass(state, action, When.FORCED);
            answers.onForced(tid, force.log());
          });
    } else if (action instanceof Action.SetTimer timer) {
      thread.after(
          time(timer),
          timer.timer() + " of " + tid,
          () -> answers.onTimer(tid, timer.timer(), timer.attempt()));
    } else if (action instanceof Action.TellOwner tell) {
      owners.decided(tid, tell.ownerIncarnation(), tell.outcome(), tell.reasons());
    } else if (action instanceof Action.RefuseCommit refuse) {
      owners.refused(tid, refuse.ownerIncarnation(), refuse.reason());
    } else if (action instanceof Action.ReportDamage damage) {
      log.warn(tid + ": an outcome decided here was not the true one: " + damage);
    }
    // Tombstones age in the table.
  }

  private Duration time(Action.SetTimer timer) {
    return switch (timer.timer()) {
      case VOTE -> VOTE;
      case INQUIRY -> FIRST_INQUIRY.multipliedBy(1L << Math.min(timer.attempt(), MOST_DOUBLINGS));
      case PATIENCE, RETENTION -> neighbours.linkDeath().multipliedBy(2);
    };
  }

  private void send(NodeParticipant to, LinkMessage.About word) {
    if (word.message() instanceof EndAck) {
      neighbours.sendWithNext(to.node(), word);
    } else {
      neighbours.send(to.node(), word);
    }
  }

  private void send(
      TransactionId tid, ProcessParticipant to, org.quicksilver.transaction.Message message) {
    if (to.number() > 0) {
      jvms.send(to.incarnation(), toParticipant(tid, to.number(), message));
    } else if (message instanceof End end) {
      jvms.send(to.incarnation(), new Message.End(tid, end.outcome() == Outcome.ABORTED));
    }
  }

  private static Message toParticipant(
      TransactionId tid, int number, org.quicksilver.transaction.Message message) {
    if (message instanceof VoteRequest request) {
      return new ProgramMessage.Notify(tid, number, Notice.VOTE, request.round());
    } else if (message instanceof Ending) {
      return new ProgramMessage.Notify(tid, number, Notice.ENDING, 0);
    } else if (message instanceof End end) {
      return new ProgramMessage.Notify(tid, number, notice(end.outcome()), 0);
    } else if (message instanceof OutcomeIs is) {
      return new ProgramMessage.Notify(tid, number, notice(is.outcome()), 0);
    } else if (message instanceof JoinRefused refused) {
      return new ProgramMessage.Enlisted(tid, number, refused.reason());
    }
    throw new IllegalArgumentException(tid + ": nothing to be said to a participant: " + message);
  }

  static Notice notice(Outcome outcome) {
    return outcome == Outcome.COMMITTED ? Notice.COMMITTED : Notice.ABORTED;
  }
}
