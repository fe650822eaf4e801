package org.quicksilver.agent.link;

import java.io.File;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.quicksilver.agent.track.Branch;
import org.quicksilver.agent.track.Branches;
import org.quicksilver.agent.track.Handle;
import org.quicksilver.agent.track.Handles;
import org.quicksilver.agent.track.TrackerEvents;
import org.quicksilver.comm.Message;
import org.quicksilver.comm.ProgramMessage;
import org.quicksilver.comm.TurnMessage;
import org.quicksilver.config.Settings;
import org.quicksilver.handle.Policies;
import org.quicksilver.transaction.TransactionId;

/**
 * The agent's conversation with its node: what the tracker sees goes up, what the node decides
 * comes down. Events arrive on the application's threads and are only queued; everything else is
 * done on the worker.
 */
public final class AgentLink implements TrackerEvents {

  private static final long QUIET_NANOS = 100_000_000;
  private static final long LAST_WORDS_NANOS = 300_000_000;
  private static final long LOOK_AGAIN_NANOS = 1_000_000;

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
  private volatile boolean hasNews;
  private @Nullable Handles handles;
  private @Nullable Branches branches;
  private @Nullable Endings endings;
  private @Nullable Announcements announcements;

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
    this.announcements = new Announcements(link, handles, branches);
    workers.add(worker);
    new Duties(this, settings, identity, log, handles, made).beginSoon();
    new OwnThread("quicksilver-worker", markThread, worker).start();
    if (!alone) {
      reader = new OwnThread("quicksilver-link", markThread, new Conversation()).start();
    }
  }

  private final class Conversation implements ControlLink.Peer, Runnable {
    @Override
    public void run() {
      awaitNews();
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

  /**
   * To connect takes a hundred classes of the JDK, and an application that starts needs the
   * processor itself: so that waits until there is something to say, or a moment.
   */
  private void awaitNews() {
    long until = System.nanoTime() + QUIET_NANOS;
    long left = QUIET_NANOS;
    while (left > 0 && !hasNews && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(this, left);
      left = until - System.nanoTime();
    }
  }

  private void thereIsNews() {
    if (!hasNews) {
      hasNews = true;
      LockSupport.unpark(reader);
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

  /**
   * Waits until the node has acknowledged what was given back and what was reported, if there is
   * anything; not for long, and not without a node. For the thread of the JVM's orderly end: what a
   * program sees given back it may see just before it exits.
   */
  public void awaitAcknowledged() {
    Endings known = endings;
    long until = System.nanoTime() + LAST_WORDS_NANOS;
    while (known != null
        && (known.isReclaiming() || reports.areWaiting())
        && link.isConnected()
        && until - System.nanoTime() > 0) {
      LockSupport.parkNanos(this, LOOK_AGAIN_NANOS);
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
    Announcements announced = announcements;
    if (endings == null || branches == null || handles == null || announced == null) {
      return;
    }
    if (message instanceof Message.Welcome welcome) {
      endings.policiesOfNode(welcome.policies());
      announced.all();
      reports.resend();
      programs.connected();
    } else if (message instanceof Message.Joined joined) {
      handles.retag(branches.join(joined.provisional(), joined.transaction()));
    } else if (message instanceof Message.Watch watch) {
      announced.watch(watch);
    } else if (message instanceof Message.End end) {
      endings.end(end.transaction(), end.aborted());
      link.send(new Message.EndAck(end.transaction()));
      programs.tell(new ProgramMessage.Ended(end.transaction()));
    } else if (message instanceof Message.ReportAck ack) {
      reports.acknowledged(ack.number());
    } else if (message instanceof Message.PolicyChange change) {
      endings.policiesOfNode(change.policies());
    } else if (message instanceof TurnMessage turn) {
      announced.received(turn);
    } else if (message instanceof Message.Sought sought) {
      announced.recall(sought);
    } else if (message instanceof ProgramMessage.ToProgram told) {
      programs.tell(told);
    } else if (message instanceof Message.Refused refused) {
      log.say("the node ends the connection: " + refused.reason());
    }
  }

  @Override
  public void turnUsed(Branch turn) {
    soon(() -> announce(told -> told.turnIfItLasts(turn)));
  }

  /** Every connection pays for this: one object less than by {@link #announce}. */
  @Override
  public void accepted(Branch branch) {
    soon(
        () -> {
          Announcements known = announcements;
          if (known != null) {
            known.ifItLasts(branch);
          }
        });
  }

  /** Most connections and parts of streams have left nothing open by then. */
  private void soon(Runnable announcing) {
    if (!alone) {
      thereIsNews();
      worker.executeUnhurried(announcing);
    }
  }

  private void announce(Consumer<Announcements> announcing) {
    Announcements known = announcements;
    if (known != null) {
      announcing.accept(known);
    }
  }

  @Override
  public void pooled(String connection, TransactionId transaction) {
    if (!alone) {
      thereIsNews();
      worker.execute(() -> announce(told -> told.pooled(connection, transaction)));
    }
  }

  /**
   * Of an accepted connection that has not been announced the worker will look itself whether it is
   * closed, after it has announced it: either it sees that, or we see the announcement.
   */
  @Override
  public void connectionClosed(Branch branch) {
    VarHandle.fullFence();
    if (!alone && branch.origin() == Branch.Origin.ACCEPTED && !branch.announced()) {
      return;
    }
    worker.execute(
        () -> {
          if (alone && branches != null) {
            branches.forget(branch);
          } else {
            announce(told -> told.closed(branch));
          }
        });
  }

  void forgetTurns() {
    announce(told -> told.forgetTurns(this::turnUsed));
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
            handles.stacks().keep(handle);
          }
        });
  }

  @Override
  public void programSays(byte[] frame) {
    thereIsNews();
    worker.execute(() -> programs.say(frame));
  }

  @Override
  public void programListens(Consumer<byte[]> received, Runnable connected) {
    thereIsNews();
    worker.execute(() -> programs.listen(received, connected));
  }
}
