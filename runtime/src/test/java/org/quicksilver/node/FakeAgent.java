package org.quicksilver.node;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.quicksilver.comm.ControlClient;
import org.quicksilver.comm.Message;
import org.quicksilver.config.Home;
import org.quicksilver.handle.BreadcrumbWriter;
import org.quicksilver.handle.HandleKind;
import org.quicksilver.handle.Slot;
import org.quicksilver.handle.SlotImage;
import org.quicksilver.transaction.TransactionId;

/** An agent without an application: breadcrumbs, a control channel, and what came over it. */
final class FakeAgent implements Closeable {

  private final Home home;
  private final int incarnation;
  private final long nodeId;
  private final BreadcrumbWriter crumbs;
  private final AtomicLong sequence = new AtomicLong(1);
  private final BlockingQueue<Message> received = new LinkedBlockingQueue<>();
  private final Consumer<Message> onMessage;
  private final AtomicInteger sockets = new AtomicInteger(5);
  private final Map<String, Message.Opened> former = new ConcurrentHashMap<>();
  private volatile boolean deaf;
  private @Nullable ControlClient client;

  FakeAgent(Home home, Consumer<Message> onMessage, String policies) throws IOException {
    this.home = home;
    this.onMessage = onMessage;
    incarnation = home.nextIncarnation();
    nodeId = home.nodeId();
    crumbs =
        BreadcrumbWriter.create(
            home.breadcrumbs(incarnation), nodeId, incarnation, ProcessHandle.current().pid());
    crumbs.describeProcess(
        ProcessHandle.current().info().startInstant().orElseThrow().toEpochMilli(),
        "fake " + incarnation,
        policies);
  }

  FakeAgent(Home home) throws IOException {
    this(home, message -> {}, "");
  }

  static FakeAgent connected(Home home) throws IOException, InterruptedException {
    FakeAgent agent = new FakeAgent(home);
    agent.connect();
    return agent;
  }

  /** Connects and says hello; returns when it is welcome. */
  void connect() throws IOException, InterruptedException {
    ControlClient connection = ControlClient.connect(home.socket());
    client = connection;
    connection.send(
        new Message.Hello(
            Message.VERSION, incarnation, ProcessHandle.current().pid(), "", new byte[0]));
    Thread reader = new Thread(() -> read(connection), "fake-agent-" + incarnation);
    reader.setDaemon(true);
    reader.start();
    await(Message.Welcome.class);
  }

  private void read(ControlClient connection) {
    try {
      while (true) {
        Message message = connection.receive();
        received.add(message);
        if (message instanceof Message.Sought sought && !deaf) {
          recall(connection, sought);
        }
        onMessage.accept(message);
      }
    } catch (IOException e) {
      // The connection is closed.
    }
  }

  private void recall(ControlClient connection, Message.Sought sought) throws IOException {
    for (String each : sought.connections()) {
      Message.Opened opened = former.get(each);
      if (opened != null) {
        connection.send(opened);
      }
    }
    connection.send(new Message.Recalled(sought.number()));
  }

  /** From now on it does not answer what it is asked for. */
  void deafen() {
    deaf = true;
  }

  /** It had opened that one, and closed it before anybody could see it. */
  void remember(
      TransactionId tid, String local, String remote, long openedAtMillis, long closedAtMillis) {
    String connection = local + " -> " + remote;
    former.put(connection, new Message.Opened(connection, tid, openedAtMillis, closedAtMillis));
  }

  void disconnect() throws IOException {
    if (client != null) {
      client.close();
    }
  }

  int incarnation() {
    return incarnation;
  }

  TransactionId process() {
    return new TransactionId(nodeId, incarnation, 1);
  }

  /** A new ID issued by this agent. */
  TransactionId issue() {
    return new TransactionId(nodeId, incarnation, sequence.incrementAndGet());
  }

  Slot open(HandleKind kind, TransactionId tid, String what, long extra) {
    Slot slot =
        kind == HandleKind.SOCKET
            ? crumbs.slotOfDescriptor(sockets.getAndIncrement())
            : crumbs.takeSlot();
    int generation =
        crumbs.open(
            slot,
            kind,
            false,
            tid,
            System.currentTimeMillis(),
            new SlotImage(1, "main".getBytes(StandardCharsets.UTF_8)),
            what.getBytes(StandardCharsets.UTF_8),
            extra);
    crumbs.stack(slot, generation, crumbs.intern("a.B.c(B.java:1)\na.D.e(D.java:2)"));
    return slot;
  }

  BreadcrumbWriter crumbs() {
    return crumbs;
  }

  void send(Message message) throws IOException {
    if (client == null) {
      throw new IllegalStateException("not connected");
    }
    client.send(message);
  }

  /** Opens a connection as a client does: a slot with the two ends. */
  Slot connectTo(TransactionId tid, String local, String remote) {
    return open(HandleKind.SOCKET, tid, local + " -> " + remote, 0);
  }

  void accepted(TransactionId provisional, String local, String remote) throws IOException {
    accepted(provisional, local, remote, System.currentTimeMillis());
  }

  void accepted(TransactionId provisional, String local, String remote, long atMillis)
      throws IOException {
    send(new Message.Accepted(provisional, local, remote, atMillis));
  }

  void closed(TransactionId tid, String local, String remote, boolean accepted) throws IOException {
    send(new Message.Closed(tid, local, remote, accepted));
  }

  /** The next message of that type; others before it are dropped. */
  <T extends Message> T await(Class<T> type) throws InterruptedException {
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (true) {
      Message message =
          received.poll(deadline - System.nanoTime(), java.util.concurrent.TimeUnit.NANOSECONDS);
      if (message == null) {
        throw new AssertionError("no " + type.getSimpleName() + " came to " + incarnation);
      }
      if (type.isInstance(message)) {
        return type.cast(message);
      }
    }
  }

  BlockingQueue<Message> received() {
    return received;
  }

  @Override
  public void close() throws IOException {
    disconnect();
    crumbs.close();
  }
}
