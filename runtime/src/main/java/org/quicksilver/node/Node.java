package org.quicksilver.node;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.quicksilver.comm.ControlServer;
import org.quicksilver.comm.ServerLoop;
import org.quicksilver.config.Home;
import org.quicksilver.config.Settings;
import org.quicksilver.log.NodeStore;

/**
 * A running node: the only one of its home while it lives. Used by the command {@code quicksilver
 * node}, where it is a process, and in an agent's JVM ({@code node=embedded}), where it is some
 * daemon threads.
 *
 * <p>Thread-safe. Killed at any instant, it leaves a store from which the next one goes on. Writes
 * nothing to standard output or error.
 */
public final class Node implements Closeable {

  private static final Duration SWEEP = Duration.ofSeconds(1);

  private final Home home;
  private final NodeLock lock;
  private final NodeLog log;
  private final NodeStore store;
  private final Managers managers;
  private final ServerLoop loop;
  private final ControlServer server;
  private final Optional<InetSocketAddress> address;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicBoolean stopping = new AtomicBoolean();
  private @Nullable Thread hook;

  /**
   * Starts a node and returns when it listens.
   *
   * @throws NodeRunningException if one already runs for this home
   * @throws IOException if the home cannot be used, the store not opened, or an address not bound;
   *     nothing is left running
   */
  public static Node start(Settings settings) throws IOException {
    return start(settings, Tripwire.NONE);
  }

  static Node start(Settings settings, Tripwire tripwire) throws IOException {
    Home home = settings.home().create();
    NodeLock lock = NodeLock.take(home);
    try {
      return started(settings, lock, tripwire);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static Node started(Settings settings, NodeLock lock, Tripwire tripwire)
      throws IOException {
    Home home = settings.home();
    NodeLog log = new NodeLog(home.nodeLog());
    try {
      if (!isEmbedded(settings)) {
        log.adoptLibraries();
      }
      NodeStore store = NodeStore.open(home.store());
      try {
        return new Node(settings, lock, log, store, tripwire);
      } catch (IOException | RuntimeException e) {
        store.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      log.error("the node does not start", e);
      log.close();
      throw e;
    }
  }

  private Node(Settings settings, NodeLock lock, NodeLog log, NodeStore store, Tripwire tripwire)
      throws IOException {
    this.home = settings.home();
    this.lock = lock;
    this.log = log;
    this.store = store;
    loop = new ServerLoop();
    managers =
        new Managers(loop, settings, store, log, Clock.systemUTC(), tripwire, this::stopSoon);
    server =
        new ControlServer(
            loop,
            managers.reception(),
            managers.linkReception(),
            home.secret(),
            ControlServer.PATIENCE);
    try {
      run(managers::recover);
      home.createSocketDirectory();
      Files.deleteIfExists(home.socket());
      server.listen(home.socket());
      address = listen(ListenAddress.parse(settings.listen()));
    } catch (IOException | RuntimeException e) {
      server.close();
      managers.stop();
      loop.close();
      throw e;
    }
    managers.start(SWEEP, server::dial);
    if (!isEmbedded(settings)) {
      stopWithProcess();
    }
    log.info("node " + managers.name() + " runs for " + home.directory());
  }

  private static boolean isEmbedded(Settings settings) {
    return settings.node().equals("embedded");
  }

  private void run(Runnable work) throws IOException {
    try {
      managers.thread().call(work).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the node was starting", e);
    } catch (ExecutionException e) {
      throw new IOException("the node cannot go on from its store: " + e.getCause(), e);
    }
  }

  private Optional<InetSocketAddress> listen(Optional<InetSocketAddress> where) throws IOException {
    return where.isEmpty() ? where : Optional.of(server.listen(where.get()));
  }

  /** A process that is told to terminate stops in order. */
  private void stopWithProcess() {
    hook = new Thread(this::close, "quicksilver-stop");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Where it listens besides its socket file. */
  public Optional<InetSocketAddress> address() {
    return address;
  }

  /**
   * Waits until the node has stopped: closed, told to by a command, or because nobody needed it any
   * longer.
   */
  public void awaitStop() throws InterruptedException {
    stopped.await();
  }

  private void stopSoon() {
    Thread stopper = new Thread(this::close, "quicksilver-stop");
    stopper.setDaemon(true);
    stopper.start();
  }

  /**
   * Stops in order and waits for it: connections are closed, the store too, the socket file is
   * removed. Idempotent.
   */
  @Override
  public void close() {
    if (stopping.compareAndSet(false, true)) {
      log.info("the node stops");
      server.close();
      managers.stop();
      loop.close();
      release();
      stopped.countDown();
    }
    awaitQuietly();
  }

  private void release() {
    try {
      store.close();
      Files.deleteIfExists(home.socket());
      lock.close();
    } catch (IOException e) {
      log.error("not released", e);
    }
    log.close();
    removeHook();
  }

  private void removeHook() {
    try {
      if (hook != null) {
        Runtime.getRuntime().removeShutdownHook(hook);
      }
    } catch (IllegalStateException e) {
      // The JVM is shutting down: that is why we are here.
    }
  }

  private void awaitQuietly() {
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
