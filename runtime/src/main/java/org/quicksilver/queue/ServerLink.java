package org.quicksilver.queue;

import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.quicksilver.queue.protocol.BadFrameException;
import org.quicksilver.queue.protocol.ClientSession;
import org.quicksilver.queue.protocol.Frame;
import org.quicksilver.queue.protocol.Status;

/**
 * This process as a client of one life of another. One thread reads what comes, connects, and
 * connects again while the node has not said that the server is dead: a broken channel is no death.
 * Thread-safe.
 */
final class ServerLink implements Streams.Link {

  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final ProcessName server;
  private final Path socket;
  private final Frame.Greeting greeting;
  private final Traffic traffic;
  private final Fates fates;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ClientSession session = new ClientSession();
  private final Map<Long, Call> calls = new HashMap<>();
  private final AtomicInteger open = new AtomicInteger();
  private final Streams streams;
  private volatile int foreignLoad;
  private @Nullable FrameChannel channel;
  private boolean started;
  private boolean gone;
  private boolean ended;
  private boolean closed;

  /**
   * Connects to nothing yet.
   *
   * @param fates is told what becomes of the requests that the server leaves open
   */
  ServerLink(
      ProcessName server,
      Path socket,
      Frame.Greeting greeting,
      Traffic traffic,
      Executor executor,
      Fates fates) {
    this.server = server;
    this.socket = socket;
    this.greeting = greeting;
    this.traffic = traffic;
    this.fates = fates;
    this.streams = new Streams(this, executor);
  }

  ProcessName server() {
    return server;
  }

  /** A server that nobody asks costs no thread. */
  private void startOnce() {
    if (!started) {
      started = true;
      Thread reader = new Thread(this::live, "quicksilver-queue-client");
      reader.setDaemon(true);
      reader.start();
    }
  }

  /** How busy the server is, as far as this client knows: with its requests, and with others'. */
  int load() {
    return open.get() + foreignLoad;
  }

  /**
   * Asks; a request that cannot be sent now is sent when there is a channel.
   *
   * @return false if the server is dead: it has to go elsewhere
   */
  boolean ask(Call call, int offer) {
    Frame.Request request;
    Outbox outbox;
    InputStream following = call.following();
    lock.lock();
    try {
      if (gone || closed) {
        return false;
      }
      startOnce();
      request =
          session.ask(
              offer, call.sequence(), call.tagFor(server.node()), following != null, call.body());
      calls.put(request.number(), call);
      call.goesTo(this, request.number());
      if (following != null) {
        streams.send(request.number(), following);
      }
      outbox = channel == null ? null : channel.outbox();
    } finally {
      lock.unlock();
    }
    open.incrementAndGet();
    send(outbox, request);
    return true;
  }

  /** What is lost here is said again over the next channel. */
  private void send(@Nullable Outbox outbox, @Nullable Frame frame) {
    if (outbox != null && frame != null) {
      try {
        outbox.send(frame);
      } catch (IOException e) {
        drop();
      }
    }
  }

  private void drop() {
    lock.lock();
    try {
      FrameChannel.close(channel);
    } finally {
      lock.unlock();
    }
  }

  /** The client does not want that one any more. */
  void cancel(long number) {
    Frame.Cancel cancel;
    Outbox outbox;
    lock.lock();
    try {
      cancel = session.cancel(number);
      outbox = channel == null ? null : channel.outbox();
    } finally {
      lock.unlock();
    }
    send(outbox, cancel);
  }

  private void live() {
    long pause = FIRST_PAUSE_NANOS;
    while (!isOver()) {
      try (FrameChannel now = connect()) {
        pause = FIRST_PAUSE_NANOS;
        read(now);
      } catch (IOException | BadFrameException e) {
        pause(pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE_NANOS);
      }
    }
    end();
  }

  private boolean isOver() {
    lock.lock();
    try {
      return gone || closed;
    } finally {
      lock.unlock();
    }
  }

  private FrameChannel connect() throws IOException {
    SocketChannel socketChannel = SocketChannel.open(StandardProtocolFamily.UNIX);
    FrameChannel now = new FrameChannel(socketChannel, traffic);
    try {
      socketChannel.connect(UnixDomainSocketAddress.of(socket));
      now.outbox().send(greeting);
      takeUp(now);
      return now;
    } catch (IOException | RuntimeException e) {
      now.close();
      throw e;
    }
  }

  private void takeUp(FrameChannel now) throws IOException {
    List<Frame> again;
    now.outbox().cork();
    lock.lock();
    try {
      channel = now;
      again = session.onReconnected();
    } finally {
      lock.unlock();
    }
    for (Frame frame : again) {
      now.outbox().send(frame);
    }
    now.outbox().uncork();
  }

  private void read(FrameChannel from) throws IOException, BadFrameException {
    try {
      while (true) {
        Frame frame = from.next();
        if (frame instanceof Frame.Completion completion) {
          completed(from, completion);
        } else if (frame instanceof Frame.Chunk chunk) {
          streams.onChunk(chunk);
        } else if (frame instanceof Frame.Credit credit) {
          streams.onCredit(credit);
        } else if (frame instanceof Frame.Greeting who && !isServer(who)) {
          throw new BadFrameException("another process listens there: " + who);
        }
      }
    } finally {
      lock.lock();
      try {
        channel = null;
      } finally {
        lock.unlock();
      }
      streams.onBroken();
    }
  }

  private boolean isServer(Frame.Greeting who) {
    return who.node() == server.node() && who.incarnation() == server.incarnation();
  }

  private void completed(FrameChannel from, Frame.Completion completion) {
    Call call;
    Frame.Acknowledge due;
    lock.lock();
    try {
      if (!session.onCompletion(completion)) {
        call = null;
        due = null;
      } else {
        call = calls.remove(completion.number());
        due = session.acknowledgeIfDue();
      }
    } finally {
      lock.unlock();
    }
    if (call == null) {
      again(completion);
      return;
    }
    int mine = open.decrementAndGet();
    foreignLoad = Math.max(0, completion.load() - mine - 1);
    send(due == null ? null : from.outbox(), due);
    streams.stopSending(completion.number());
    if (completion.streamed()) {
      call.answer(streams.receive(completion.number()));
    }
    fates.completed(call, completion);
  }

  /** A server that cannot go on with a body says that the request has failed after all. */
  private void again(Frame.Completion completion) {
    if (completion.status() != Status.DONE) {
      streams.stopReceiving(completion.number());
    }
  }

  @Override
  public void write(Frame frame) throws IOException {
    Outbox outbox;
    lock.lock();
    try {
      outbox = channel == null ? null : channel.outbox();
    } finally {
      lock.unlock();
    }
    if (outbox == null) {
      throw new IOException("there is no channel to " + server);
    }
    outbox.send(frame);
  }

  @Override
  public void unwanted(long number) {
    try {
      write(new Frame.Cancel(number, 0));
    } catch (IOException e) {
      // Then nothing comes any more, either.
    }
  }

  @Override
  public void unreadable(long number, IOException why) {
    cancel(number);
  }

  private void pause(long nanos) {
    lock.lock();
    try {
      if (!gone && !closed) {
        changed.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  /** The node says that the server is dead; what it said before is read first. */
  void onGone() {
    lock.lock();
    try {
      gone = true;
      changed.signalAll();
      startOnce();
    } finally {
      lock.unlock();
    }
  }

  /** Does not wait for the end of what a dead server said: a child of it may hold the channel. */
  void cutOff() {
    drop();
  }

  /** This process lets go. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      FrameChannel.close(channel);
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    List<Call> left = new ArrayList<>();
    lock.lock();
    try {
      ended = true;
      for (Frame.Request request : session.onServerDied()) {
        Call call = calls.remove(request.number());
        if (call != null) {
          left.add(call);
        }
      }
    } finally {
      lock.unlock();
    }
    open.set(0);
    streams.close();
    fates.ended(this, left);
  }

  /** Whether it has been read to its end. */
  boolean isEnded() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }
}
