package org.quicksilver;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.quicksilver.comm.ControlClient;
import org.quicksilver.comm.Message;
import org.quicksilver.comm.ProgramMessage;
import org.quicksilver.config.Home;
import org.quicksilver.handle.BreadcrumbWriter;
import org.quicksilver.transaction.TransactionId;

/**
 * A channel of our own, in a JVM without the agent. The process has a breadcrumb file like one with
 * an agent, though an empty one: its lock tells the node when the process dies.
 */
final class OwnChannel implements NodeChannel {

  private static final long FIRST_PAUSE_MILLIS = 20;
  private static final long LONGEST_PAUSE_MILLIS = 1000;

  /** So long an acknowledgement may wait for something to be sent with. */
  private static final long LATER_MILLIS = 5;

  private final Home home;
  private final long node;
  private final int incarnation;
  private final BreadcrumbWriter breadcrumbs;
  private final AtomicLong sequence = new AtomicLong(1);
  private final ThreadLocal<@Nullable TransactionId> current = new ThreadLocal<>();
  private final AtomicBoolean flushing = new AtomicBoolean();
  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(OwnChannel::thread);
  private final Thread hook = new Thread(this::leave, "quicksilver-leaving");
  private volatile @Nullable ControlClient client;
  private volatile boolean closed;

  private OwnChannel(Home home, ControlClient client) throws IOException {
    this.home = home;
    this.node = home.nodeId();
    this.incarnation = home.nextIncarnation();
    this.breadcrumbs =
        BreadcrumbWriter.create(home.breadcrumbs(incarnation), node, incarnation, pid());
    breadcrumbs.describeProcess(startedAtMillis(), System.getProperty("sun.java.command", ""), "");
    this.client = client;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "quicksilver-acknowledging");
    thread.setDaemon(true);
    return thread;
  }

  private static long pid() {
    return ProcessHandle.current().pid();
  }

  private static long startedAtMillis() {
    return ProcessHandle.current().info().startInstant().orElseGet(Instant::now).toEpochMilli();
  }

  /**
   * Connects.
   *
   * @throws IOException if no node runs, or it refuses this process
   */
  static OwnChannel connect(Home home) throws IOException {
    ControlClient client;
    try {
      client = ControlClient.connect(home.create().socket());
    } catch (IOException e) {
      throw new IOException(
          "no node runs for "
              + home.directory()
              + "; start one with: java -jar quicksilver.jar node --home "
              + home.directory(),
          e);
    }
    try {
      OwnChannel channel = new OwnChannel(home, client);
      channel.greet(client);
      return channel;
    } catch (IOException e) {
      client.close();
      throw e;
    }
  }

  private void greet(ControlClient to) throws IOException {
    to.send(new Message.Hello(Message.VERSION, incarnation, pid(), "", new byte[0]));
    Message answer = to.receive();
    if (!(answer instanceof Message.Welcome)) {
      String reason = answer instanceof Message.Refused refused ? refused.reason() : "" + answer;
      throw new IOException("the node refuses this process: " + reason);
    }
  }

  @Override
  public void start(Consumer<ProgramMessage.ToProgram> received, Runnable connected) {
    Thread reader = new Thread(() -> live(received, connected), "quicksilver-channel");
    reader.setDaemon(true);
    reader.start();
  }

  private void live(Consumer<ProgramMessage.ToProgram> received, Runnable connected) {
    long pause = FIRST_PAUSE_MILLIS;
    while (!closed) {
      try {
        ControlClient now = client == null ? reconnect() : client;
        pause = FIRST_PAUSE_MILLIS;
        connected.run();
        read(now, received);
      } catch (IOException e) {
        pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
        drop();
      }
      if (!closed && !slept(pause)) {
        return;
      }
    }
  }

  private ControlClient reconnect() throws IOException {
    ControlClient again = ControlClient.connect(home.socket());
    try {
      greet(again);
    } catch (IOException e) {
      again.close();
      throw e;
    }
    client = again;
    return again;
  }

  /** The process's own part, its handles, is without the agent nothing: its end is done at once. */
  private void read(ControlClient from, Consumer<ProgramMessage.ToProgram> received)
      throws IOException {
    while (true) {
      Message message = from.receive();
      if (message instanceof ProgramMessage.ToProgram m) {
        received.accept(m);
      } else if (message instanceof Message.End end) {
        acknowledge(new Message.EndAck(end.transaction()));
        received.accept(new ProgramMessage.Ended(end.transaction()));
      }
    }
  }

  private static boolean slept(long millis) {
    try {
      Thread.sleep(millis);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void drop() {
    ControlClient former = client;
    client = null;
    if (former != null) {
      try {
        former.close();
      } catch (IOException e) {
        // It is gone.
      }
    }
  }

  /** A failed write is also a failed read, and the reader sees to it. */
  @Override
  public void send(ProgramMessage.ToNode message) {
    if (message instanceof ProgramMessage.Told) {
      acknowledge(message);
    } else {
      write(to -> to.send(message));
    }
  }

  /** Goes with what is sent next, or some milliseconds later. */
  private void acknowledge(Message message) {
    write(to -> to.sendWithNext(message));
    if (!closed && flushing.compareAndSet(false, true)) {
      try {
        later.schedule(this::flush, LATER_MILLIS, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        // It was closed meanwhile.
      }
    }
  }

  private void flush() {
    flushing.set(false);
    write(ControlClient::flush);
  }

  /** Something is written to the node. */
  private interface Writing {
    void to(ControlClient node) throws IOException;
  }

  private void write(Writing writing) {
    ControlClient to = client;
    if (to != null) {
      try {
        writing.to(to);
      } catch (IOException e) {
        drop();
      }
    }
  }

  @Override
  public TransactionId newTransaction() {
    return new TransactionId(node, incarnation, sequence.incrementAndGet());
  }

  @Override
  public long node() {
    return node;
  }

  @Override
  public int incarnation() {
    return incarnation;
  }

  @Override
  public Scope enter(TransactionId transaction) {
    TransactionId before = current.get();
    current.set(transaction);
    return new Scope(() -> current.set(before));
  }

  @Override
  public Optional<TransactionId> current() {
    return Optional.ofNullable(current.get());
  }

  private void leave() {
    breadcrumbs.leaving();
    flush();
  }

  /**
   * To the node this is the orderly end of a process: what it has not committed is aborted. The
   * file is left to the node, which learns from it that the process is gone.
   */
  @Override
  public void close() throws IOException {
    closed = true;
    leave();
    send(new ProgramMessage.Leave());
    Runtime.getRuntime().removeShutdownHook(hook);
    breadcrumbs.close();
    later.shutdownNow();
    drop();
  }
}
