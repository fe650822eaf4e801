package org.quicksilver.agent.link;

import java.io.File;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.quicksilver.agent.track.Branch;
import org.quicksilver.agent.track.Branches;
import org.quicksilver.agent.track.Handle;
import org.quicksilver.agent.track.Handles;
import org.quicksilver.agent.track.Outflow;
import org.quicksilver.agent.track.TrackerEvents;
import org.quicksilver.agent.track.Turns;
import org.quicksilver.comm.Message;
import org.quicksilver.comm.ProgramMessage;
import org.quicksilver.comm.TurnMessage;
import org.quicksilver.config.Settings;
import org.quicksilver.handle.Endpoints;
import org.quicksilver.handle.Policies;
import org.quicksilver.transaction.TransactionId;

/**
 * The agent's conversation with its node: what the tracker sees goes up, what the node decides
 * comes down. Events arrive on the application's threads and are only queued; everything else is
 * done on the worker.
 */
public final class AgentLink implements TrackerEvents {

  private final Identity identity;
  private final Policies policies;
  private final AgentLog log;
  private final Worker worker;
  private final ControlLink link;
  private final Reports reports;
  private final ProgramPort programs;
  private final Settings settings;
  private final boolean alone;
  private final List<Worker> workers = new CopyOnWriteArrayList<>();
  private volatile @Nullable Thread reader;
  private @Nullable Handles handles;
  private @Nullable Branches branches;
  private @Nullable Endings endings;

  /** Who this process is to the node. */
  public record Identity(int incarnation, long pid, byte[] secret) {}

  /** Prepares; nothing runs before {@link #start}. */
  public AgentLink(
      Identity identity, Settings settings, Policies policies, File jar, AgentLog log) {
    this.identity = identity;
    this.policies = policies;
    this.log = log;
    this.worker = new Worker(log);
    this.link = new ControlLink(settings, new NodeStarter(settings, jar, log), log, worker);
    this.reports = new Reports(link, log);
    this.programs = new ProgramPort(link, log);
    this.settings = settings;
    this.alone = settings.node().equals("off");
  }

  /**
   * Starts the two daemon threads.
   *
   * @param markThread run first on each, so that nothing they do is tracked
   */
  public void start(Handles handles, Branches branches, Runnable markThread) {
    this.handles = handles;
    this.branches = branches;
    Endings made =
        new Endings(handles, branches, reports, worker, closer(markThread), log, policies);
    this.endings = made;
    workers.add(worker);
    new Duties(this, settings, identity, log, handles, branches, made).beginSoon();
    new OwnThread("quicksilver-worker", markThread, worker).start();
    if (!alone) {
      reader = new OwnThread("quicksilver-link", markThread, new Conversation()).start();
    }
  }

  private final class Conversation implements ControlLink.Peer, Runnable {
    @Override
    public void run() {
      link.run(this);
    }

    @Override
    public Message hello(byte[] nonce) {
      return AgentLink.this.hello(nonce);
    }

    @Override
    public void received(Message message) {
      AgentLink.this.received(message);
    }
  }

  /** Ends the conversation and the threads, and what is left to do is not done. */
  public void stop() {
    workers.forEach(Worker::stop);
    Thread reading = reader;
    if (reading != null) {
      reading.interrupt();
    }
  }

  /** Its thread starts with the first handle to be closed, which most programs never have. */
  private Worker closer(Runnable markThread) {
    Worker closer = new Worker(log);
    workers.add(closer);
    closer.whenFirstUsed(new OwnThread("quicksilver-closer", markThread, closer));
    return closer;
  }

  /** For work of the agent that need not be done at once. */
  public Worker worker() {
    return worker;
  }

  private Message hello(byte[] nonce) {
    return new Message.Hello(
        Message.VERSION,
        identity.incarnation,
        identity.pid,
        policies.toString(),
        ControlLink.proof(identity.secret, nonce));
  }

  private void received(Message message) {
    if (endings == null || branches == null || handles == null) {
      return;
    }
    if (message instanceof Message.Welcome welcome) {
      endings.policiesOfNode(welcome.policies());
      announce(branches);
      reports.resend();
      programs.connected();
    } else if (message instanceof Message.Joined joined) {
      handles.retag(branches.join(joined.provisional(), joined.transaction()));
    } else if (message instanceof Message.Watch watch) {
      watch(watch, branches);
    } else if (message instanceof Message.End end) {
      endings.end(end.transaction(), end.aborted());
      link.send(new Message.EndAck(end.transaction()));
      programs.tell(new ProgramMessage.Ended(end.transaction()));
    } else if (message instanceof Message.ReportAck ack) {
      reports.acknowledged(ack.number());
    } else if (message instanceof Message.PolicyChange change) {
      endings.policiesOfNode(change.policies());
    } else if (message instanceof TurnMessage turn) {
      turn(turn, handles, branches);
    } else if (message instanceof ProgramMessage.ToProgram told) {
      programs.tell(told);
    } else if (message instanceof Message.Refused refused) {
      log.say("the node ends the connection: " + refused.reason());
    }
  }

  /**
   * A new node, or the same after a while, is told of every accepted connection again; it answers
   * what it knows.
   */
  private void announce(Branches known) {
    for (Branch branch : known.live()) {
      boolean isWanted = !branch.isTurn() || branch.openHandles() > 0;
      if (branch.origin() == Branch.Origin.ACCEPTED && isWanted) {
        announce(branch);
      }
    }
  }

  private void announce(Branch branch) {
    String connection = branch.connection();
    String local = Endpoints.local(connection);
    String remote = Endpoints.remote(connection);
    branch.announce();
    link.send(
        branch.isTurn()
            ? new TurnMessage.Turned(
                branch.provisional(),
                branch.ofConnection().provisional(),
                local,
                remote,
                branch.from())
            : new Message.Accepted(branch.provisional(), local, remote, branch.acceptedAtMillis()));
  }

  private void turn(TurnMessage message, Handles known, Branches begun) {
    if (message instanceof TurnMessage.Pooled m) {
      new Turns(known, begun).pooled(m.remote() + " -> " + m.local(), m.transaction());
    } else if (message instanceof TurnMessage.Asked m) {
      Outflow outflow = known.outflows().find(m.local() + " -> " + m.remote());
      Branch writer = outflow == null ? null : outflow.at(m.from());
      link.send(writer == null ? unknown(m) : answer(m, writer, begun));
    }
  }

  private static Message unknown(TurnMessage.Asked question) {
    return new TurnMessage.Answered(question.provisional(), false, question.provisional());
  }

  /** What has left nothing open here may not have been asked for yet either. */
  private Message answer(TurnMessage.Asked question, Branch writer, Branches begun) {
    if (writer.isTurn() && !writer.announced()) {
      writer.ask(true);
      begun.inUse(writer);
      announce(writer);
    } else if (writer.origin() == Branch.Origin.ACCEPTED && !writer.announced()) {
      announceWithItsEnd(writer);
    }
    return new TurnMessage.Answered(question.provisional(), true, writer.transaction());
  }

  @Override
  public void turnUsed(Branch turn) {
    if (!alone) {
      worker.execute(() -> worker.executeUnlessBusy(() -> announceTurnIfItLasts(turn)));
    }
  }

  /** What it opened has been closed meanwhile: the next handle is to be told of again. */
  private void announceTurnIfItLasts(Branch turn) {
    if (turn.openHandles() == 0) {
      turn.ask(false);
    }
    if (turn.openHandles() > 0 && !turn.announced()) {
      turn.ask(true);
      announce(turn);
    }
  }

  void forgetTurns(Branches known) {
    for (Branch turn :
        known.forgetEmptyTurns(over -> link.send(new TurnMessage.Over(over.provisional())))) {
      if (turn.openHandles() > 0) {
        turn.ask(true);
        known.inUse(turn);
        turnUsed(turn);
      }
    }
  }

  @Override
  public void pooled(String connection, TransactionId transaction) {
    if (!alone) {
      worker.execute(
          () ->
              link.sendOrKeep(
                  new TurnMessage.Pooled(
                      transaction,
                      transaction,
                      Endpoints.local(connection),
                      Endpoints.remote(connection))));
    }
  }

  /** Marked first, then looked at: a close in between is told twice rather than never. */
  private void watch(Message.Watch watch, Branches known) {
    Branch branch = known.find(watch.transaction());
    Handle connection = branch == null ? null : branch.connectionHandle();
    if (connection != null) {
      connection.watch();
    }
    if (connection == null || connection.isClosed()) {
      link.sendOrKeep(
          new Message.Closed(watch.transaction(), watch.local(), watch.remote(), false));
    }
  }

  @Override
  public void accepted(Branch branch) {
    if (!alone) {
      worker.execute(() -> worker.executeUnlessBusy(() -> announceIfItLasts(branch)));
    }
  }

  /** A connection that has come and gone meanwhile and left nothing open is forgotten. */
  private void announceIfItLasts(Branch branch) {
    if (branch.openHandles() == 0 && branches != null) {
      branches.forget(branch);
    } else if (!branch.announced()) {
      announceWithItsEnd(branch);
    }
  }

  private void announceWithItsEnd(Branch branch) {
    announce(branch);
    if (closedUnannounced(branch)) {
      sendClosed(branch);
    }
  }

  /** It was closed before it was announced, and left something open. */
  private static boolean closedUnannounced(Branch branch) {
    Handle connection = branch.connectionHandle();
    return connection == null || connection.isClosed();
  }

  @Override
  public void connectionClosed(Branch branch) {
    worker.execute(
        () -> {
          if (alone && branches != null) {
            branches.forget(branch);
          } else if (branch.announced() || branch.origin() != Branch.Origin.ACCEPTED) {
            sendClosed(branch);
          }
        });
  }

  private void sendClosed(Branch branch) {
    String connection = branch.connection();
    link.sendOrKeep(
        new Message.Closed(
            branch.transaction(),
            Endpoints.local(connection),
            Endpoints.remote(connection),
            branch.origin() == Branch.Origin.ACCEPTED));
  }

  @Override
  public void accusedClosed(Handle handle, @Nullable Throwable closing) {
    worker.execute(
        () -> {
          if (endings != null) {
            endings.accusedClosed(handle, closing);
          }
        });
  }

  @Override
  public void leavesSomethingBehind(Handle handle) {
    worker.execute(
        () -> {
          if (handles != null) {
            handles.keepStack(handle);
          }
        });
  }

  @Override
  public void programSays(byte[] frame) {
    worker.execute(() -> programs.say(frame));
  }

  @Override
  public void programListens(Consumer<byte[]> received, Runnable connected) {
    worker.execute(() -> programs.listen(received, connected));
  }
}
