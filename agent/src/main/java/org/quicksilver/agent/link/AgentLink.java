package org.quicksilver.agent.link;

import java.io.File;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.quicksilver.agent.track.Branch;
import org.quicksilver.agent.track.Branches;
import org.quicksilver.agent.track.Handle;
import org.quicksilver.agent.track.Handles;
import org.quicksilver.agent.track.TrackerEvents;
import org.quicksilver.config.Settings;
import org.quicksilver.handle.Policies;
import org.quicksilver.transaction.TransactionId;

/**
 * What the tracker sees goes up to the node. Events arrive on the application's threads and are
 * only queued; everything else is done on the worker, by a {@link Correspondent}.
 *
 * <p>There is none before there is something to say, or a moment has passed: it takes twenty of our
 * classes, to connect a hundred of the JDK's, and an application that starts needs the processor
 * itself.
 */
public final class AgentLink implements TrackerEvents {

  /** For so long a program that starts is left alone. */
  static final Duration QUIET = Duration.ofMillis(100);

  private static final Duration AGAIN = Duration.ofMillis(250);
  private static final long LAST_WORDS_NANOS = 300_000_000;
  private static final long LOOK_AGAIN_NANOS = 1_000_000;

  private final Identity identity;
  private final Settings settings;
  private final Policies policies;
  private final File jar;
  private final AgentLog log;
  private final Handles handles;
  private final Branches branches;
  private final Worker worker;
  private final Thread starting = Thread.currentThread();
  private final boolean alone;
  private final List<Worker> workers = new CopyOnWriteArrayList<>();
  private @Nullable Runnable markThread;
  private volatile @Nullable Correspondent correspondent;
  private volatile @Nullable Thread reader;
  private volatile boolean stopped;

  /** Who this process is to the node. */
  public record Identity(int incarnation, long pid, byte[] secret) {}

  /**
   * Prepares; nothing runs before {@link #start}.
   *
   * @param jar the agent's
   */
  public AgentLink(
      Identity identity,
      Settings settings,
      Policies policies,
      File jar,
      AgentLog log,
      Handles handles,
      Branches branches) {
    this.identity = identity;
    this.settings = settings;
    this.policies = policies;
    this.jar = jar;
    this.log = log;
    this.handles = handles;
    this.branches = branches;
    this.worker = new Worker(log);
    this.alone = settings.node().equals("off");
    workers.add(worker);
  }

  /**
   * Starts the worker, and soon a thread that reads what the node says; both are daemons.
   *
   * @param marking run first on each, so that nothing they do is tracked
   */
  public void start(Runnable marking) {
    markThread = marking;
    worker.executeEvery(QUIET, AGAIN, Worker.REST_FACTOR, new Duty());
    new OwnThread("quicksilver-worker", marking, worker).start();
  }

  /** Where there is no memory for it, this comes again. */
  private final class Duty implements Runnable {
    private @Nullable Duties duties;

    @Override
    public void run() {
      Duties known = duties;
      if (known == null) {
        known = duties();
        duties = known;
      }
      known.run();
    }
  }

  private Duties duties() {
    Endings endings = correspondent().endings();
    return new Duties(this, settings, identity, log, handles, endings, starting);
  }

  /** Worker thread only. */
  private Correspondent correspondent() {
    Correspondent known = correspondent;
    if (known == null) {
      known =
          new Correspondent(
              identity, settings, policies, jar, log, handles, branches, worker, closer());
      reader = alone ? null : ownThread("quicksilver-link", known).start();
      correspondent = known;
      interruptReaderIfStopped();
    }
    return known;
  }

  private OwnThread ownThread(String name, Runnable work) {
    return new OwnThread(name, Objects.requireNonNull(markThread), work);
  }

  /** Its thread starts with the first handle to be closed, which most programs never have. */
  private Worker closer() {
    Worker closer = new Worker(log);
    workers.add(closer);
    closer.whenFirstUsed(ownThread("quicksilver-closer", closer));
    return closer;
  }

  /**
   * Before {@link #stop}, when the program goes on without the agent: what it has open is its own,
   * nobody's leak, and not to be taken from it. Waits for the node, but not for long.
   */
  public void giveUpHandles() {
    CountDownLatch done = new CountDownLatch(1);
    worker.execute(
        () -> {
          Correspondent known = correspondent;
          handles.letGo(
              handle -> {
                if (known != null) {
                  known.endings().unwatched(handle);
                }
              });
          done.countDown();
        });
    try {
      if (done.await(LAST_WORDS_NANOS, TimeUnit.NANOSECONDS)) {
        awaitAcknowledged();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the conversation and the threads, and what is left to do is not done. */
  public void stop() {
    stopped = true;
    workers.forEach(Worker::stop);
    interruptReaderIfStopped();
  }

  private void interruptReaderIfStopped() {
    Thread reading = reader;
    Correspondent known = correspondent;
    if (stopped && reading != null && known != null) {
      known.stop();
      reading.interrupt();
    }
  }

  /**
   * Waits until the node has acknowledged what was given back and what was reported, if there is
   * anything; not for long, and not without a node. For the thread of the JVM's orderly end: what a
   * program sees given back it may see just before it exits.
   */
  public void awaitAcknowledged() {
    Correspondent known = correspondent;
    long until = System.nanoTime() + LAST_WORDS_NANOS;
    while (known != null && known.awaitsAcknowledgement() && until - System.nanoTime() > 0) {
      LockSupport.parkNanos(this, LOOK_AGAIN_NANOS);
    }
  }

  /** For work of the agent that need not be done at once. */
  public Worker worker() {
    return worker;
  }

  @Override
  public void turnUsed(Branch turn) {
    soon(() -> correspondent().announcements().turnIfItLasts(turn));
  }

  @Override
  public void accepted(Branch branch) {
    soon(() -> correspondent().announcements().ifItLasts(branch));
  }

  /** Most connections and parts of streams have left nothing open by then. */
  private void soon(Runnable announcing) {
    if (!alone) {
      worker.executeUnhurried(announcing);
    }
  }

  @Override
  public void pooled(String connection, TransactionId transaction) {
    if (!alone) {
      worker.execute(() -> correspondent().announcements().pooled(connection, transaction));
    }
  }

  /**
   * Of an accepted connection that has not been announced the worker will look itself whether it is
   * closed, after it has announced it: either it sees that, or we see the announcement.
   */
  @Override
  public void connectionClosed(Branch branch) {
    VarHandle.fullFence();
    if (alone) {
      worker.execute(() -> branches.forget(branch));
    } else if (branch.origin() != Branch.Origin.ACCEPTED || branch.announced()) {
      worker.execute(() -> correspondent().announcements().closed(branch));
    }
  }

  void forgetTurns() {
    correspondent().announcements().forgetTurns(this::turnUsed);
  }

  @Override
  public void accusedClosed(Handle handle, @Nullable Throwable closing) {
    worker.execute(() -> correspondent().endings().accusedClosed(handle, closing));
  }

  @Override
  public void leavesSomethingBehind(Handle handle) {
    worker.execute(() -> handles.stacks().keep(handle));
  }

  @Override
  public void programSays(byte[] frame) {
    worker.execute(() -> correspondent().programSays(frame));
  }

  @Override
  public void programListens(Consumer<byte[]> received, Runnable connected) {
    worker.execute(() -> correspondent().programListens(received, connected));
  }
}
