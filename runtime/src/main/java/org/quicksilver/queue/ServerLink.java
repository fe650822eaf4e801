package org.quicksilver.queue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.quicksilver.queue.protocol.BadFrameException;
import org.quicksilver.queue.protocol.ClientSession;
import org.quicksilver.queue.protocol.Frame;
import org.quicksilver.queue.protocol.Status;

/**
 * This process as a client of one life of another: the requests that are open there, over however
 * many channels that comes. Thread-safe.
 */
final class ServerLink implements Streams.Link, Connection.User {

  /** What a server was busy with so long ago says nothing about now. */
  private static final long FOREIGN_LOAD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final ProcessName server;
  private final Connection connection;
  private final Fates fates;
  private final ReentrantLock lock = new ReentrantLock();
  private final ClientSession session = new ClientSession();
  private final Map<Long, Call> calls = new HashMap<>();
  private final AtomicInteger open = new AtomicInteger();
  private final Streams streams;
  private volatile int foreignLoad;
  private volatile long foreignLoadAt;
  private @Nullable FrameChannel channel;
  private boolean gone;
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
    this.connection = new Connection(socket, greeting, traffic, this);
    this.fates = fates;
    this.streams = new Streams(this, executor);
  }

  ProcessName server() {
    return server;
  }

  /** How busy the server is, as far as this client knows: with its requests, and with others'. */
  int load() {
    int foreign = foreignLoad;
    boolean isNews = foreign > 0 && System.nanoTime() - foreignLoadAt < FOREIGN_LOAD_NANOS;
    return open.get() + (isNews ? foreign : 0);
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
      connection.start();
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

  @Override
  public List<Frame> onConnected(FrameChannel now) {
    lock.lock();
    try {
      channel = now;
      return session.onReconnected();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onFrame(FrameChannel from, Frame frame) throws BadFrameException {
    if (frame instanceof Frame.Completion completion) {
      completed(from, completion);
    } else if (frame instanceof Frame.Chunk chunk) {
      streams.onChunk(chunk);
    } else if (frame instanceof Frame.Credit credit) {
      streams.onCredit(credit);
    } else if (!(frame instanceof Frame.Greeting who)) {
      throw new BadFrameException("a server says " + frame.getClass().getSimpleName());
    } else if (!isServer(who)) {
      throw new BadFrameException("another process listens there: " + who);
    } else if (who.life() == Frame.Greeting.OVER) {
      onGone();
    }
  }

  @Override
  public void onBroken() {
    lock.lock();
    try {
      channel = null;
    } finally {
      lock.unlock();
    }
    streams.onBroken();
  }

  @Override
  public void onRefused(BadFrameException why) {
    fates.refused(this, why);
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
    int foreign = Math.max(0, completion.load() - mine - 1);
    foreignLoad = foreign;
    if (foreign > 0) {
      foreignLoadAt = System.nanoTime();
    }
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

  /** The node says that the server is dead; what it said before is read first. */
  void onGone() {
    lock.lock();
    try {
      gone = true;
    } finally {
      lock.unlock();
    }
    connection.finish();
    connection.start();
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
    } finally {
      lock.unlock();
    }
    connection.finish();
    drop();
  }

  @Override
  public void onEnded() {
    List<Call> left = new ArrayList<>();
    lock.lock();
    try {
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

  /** Whether the node has said that the server is dead. */
  boolean isGone() {
    lock.lock();
    try {
      return gone;
    } finally {
      lock.unlock();
    }
  }
}
