package org.quicksilver.queue;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.quicksilver.QueuePort;
import org.quicksilver.Quicksilver;
import org.quicksilver.comm.QueueMessage;
import org.quicksilver.transaction.TransactionId;

/**
 * The service queues of this process, as a client and as a server. One for each {@link
 * Quicksilver}. Thread-safe.
 *
 * <p>Threads: one that keeps time, one for each process this one asks, one or more for each process
 * that asks this one; all of them daemons.
 */
public final class ServiceQueues implements Closeable {

  private static final Duration REGISTERED_AFTER = Duration.ofMillis(50);

  private final QueuePort port;
  private final Traffic traffic = new Traffic();
  private final ScheduledThreadPoolExecutor timer;
  private final List<Consumer<Death>> watchers = new CopyOnWriteArrayList<>();
  private final Refusals refusals;
  private final ClientSide clients;
  private final ServerSide servers;

  private ServiceQueues(QueuePort port, Duration patience) {
    this.port = port;
    timer = new ScheduledThreadPoolExecutor(1, ServiceQueues::thread);
    timer.setRemoveOnCancelPolicy(true);
    // The node may still say something while this is being closed.
    timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    refusals = new Refusals(port);
    clients = new ClientSide(port, traffic, refusals, timer, this::died);
    servers = new ServerSide(port, patience, traffic, refusals, timer, this::died);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "quicksilver-queues");
    thread.setDaemon(true);
    return thread;
  }

  /** Uses the queues of a node; says so to it. Close this before the other. */
  public static ServiceQueues of(Quicksilver quicksilver) {
    return of(quicksilver, REGISTERED_AFTER);
  }

  /**
   * The same.
   *
   * @param patience how old a transaction is when this process registers for it by itself
   */
  static ServiceQueues of(Quicksilver quicksilver, Duration patience) {
    ServiceQueues queues = new ServiceQueues(quicksilver.queues(), patience);
    queues.start();
    return queues;
  }

  private void start() {
    port.attach(new News());
    timer.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
  }

  private void tick() {
    clients.tick();
    servers.tick();
    refusals.tick();
  }

  private final class News implements QueuePort.Listener {

    @Override
    public void onConnected() {
      port.send(new QueueMessage.Enter());
      clients.sayAgain();
      servers.sayAgain();
      refusals.sayAgain();
    }

    @Override
    public void onMessage(QueueMessage.ToProgram message) {
      if (message instanceof QueueMessage.Admitted m) {
        servers.onAdmitted(Path.of(m.socket()));
      } else if (message instanceof QueueMessage.Offers m) {
        clients.onOffers(m);
      } else if (message instanceof QueueMessage.Gone m) {
        ProcessName process = new ProcessName(m.node(), m.incarnation());
        clients.onGone(process::equals);
        servers.onGone(process::equals);
      } else if (message instanceof QueueMessage.Lost m) {
        clients.onGone(process -> process.node() == m.node());
        servers.onGone(process -> process.node() == m.node());
      } else if (message instanceof QueueMessage.Recorded m) {
        servers.onRecorded(m);
      } else if (message instanceof QueueMessage.Found m) {
        clients.onFound(m);
      }
    }

    @Override
    public void onEnded(TransactionId transaction) {
      servers.onEnded(transaction);
    }
  }

  /**
   * A queue by its name, wherever it is served, or will be. Does not wait.
   *
   * @param name any text that is not empty
   */
  public ServiceQueue queue(String name) {
    checkName(name);
    return clients.queue(name);
  }

  private static void checkName(String name) {
    if (name.isEmpty() || name.length() > 200) {
      throw new IllegalArgumentException("the name of a queue has 1 to 200 characters: " + name);
    }
  }

  /** Offers to serve a queue, on volatile terms. */
  public Offer offer(String queue, Service service) throws IOException, InterruptedException {
    return offer(queue, service, Terms.VOLATILE);
  }

  /**
   * Offers to serve a queue; returns when this process listens and its node has been told. Waits
   * for the node if there is none.
   *
   * @throws IOException if this process cannot listen
   */
  public Offer offer(String queue, Service service, Terms terms)
      throws IOException, InterruptedException {
    checkName(queue);
    return servers.offer(queue, service, terms);
  }

  /**
   * Is told of the death of every process that this one asked or served, after everything that one
   * sent before; on a thread of ours, so it must not take long.
   */
  public void watch(Consumer<Death> watcher) {
    watchers.add(watcher);
  }

  private void died(Death death) {
    watchers.forEach(each -> each.accept(death));
  }

  /** How many channels were closed because what came over them was no frame of this version. */
  public long refused() {
    return refusals.count();
  }

  /** Frames sent to other processes so far. */
  public long framesSent() {
    return traffic.frames();
  }

  /** The same in bytes. */
  public long bytesSent() {
    return traffic.bytes();
  }

  /** Withdraws all offers, fails what is open here, and closes all channels. */
  @Override
  public void close() throws IOException {
    timer.shutdownNow();
    clients.close();
    servers.close();
  }
}
