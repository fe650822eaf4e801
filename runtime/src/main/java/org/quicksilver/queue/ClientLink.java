package org.quicksilver.queue;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.quicksilver.queue.protocol.BadFrameException;
import org.quicksilver.queue.protocol.Frame;
import org.quicksilver.queue.protocol.ServerSession;
import org.quicksilver.queue.protocol.ServerSession.Verdict;
import org.quicksilver.queue.protocol.Status;

/**
 * This process as a server of one life of another, over however many channels that comes.
 * Thread-safe.
 */
final class ClientLink implements Streams.Link {

  private final ProcessName client;
  private final int life;
  private final ServerSide servers;
  private final ReentrantLock lock = new ReentrantLock();
  private final ServerSession session = new ServerSession();
  private final Map<Long, Serving> serving = new HashMap<>();
  private final Streams streams;
  private @Nullable FrameChannel channel;
  private boolean gone;

  /**
   * No channel yet.
   *
   * @param life of the client's link, see {@link Frame.Greeting}
   */
  ClientLink(ProcessName client, int life, ServerSide servers) {
    this.client = client;
    this.life = life;
    this.servers = servers;
    this.streams = new Streams(this, servers::execute);
  }

  ProcessName client() {
    return client;
  }

  int life() {
    return life;
  }

  ServerSide servers() {
    return servers;
  }

  /**
   * The client has a new channel.
   *
   * @return false if the node has said that it is dead
   */
  boolean attach(FrameChannel now) {
    FrameChannel before;
    lock.lock();
    try {
      if (gone) {
        return false;
      }
      before = channel;
      channel = now;
    } finally {
      lock.unlock();
    }
    FrameChannel.close(before);
    return true;
  }

  private @Nullable FrameChannel channel() {
    lock.lock();
    try {
      return channel;
    } finally {
      lock.unlock();
    }
  }

  /** A channel has ended; it may not be the last. */
  void detach(FrameChannel ended) {
    boolean isDead;
    streams.onBroken();
    lock.lock();
    try {
      if (channel == ended) {
        channel = null;
      }
      isDead = gone && channel == null;
    } finally {
      lock.unlock();
    }
    if (isDead) {
      end();
    }
  }

  /** The node says that the client is dead; what it said before is read first. */
  void onGone() {
    boolean isRead;
    lock.lock();
    try {
      gone = true;
      isRead = channel == null;
    } finally {
      lock.unlock();
    }
    if (isRead) {
      end();
    }
  }

  /** Does not wait for the end of what a dead client said: a child of it may hold the channel. */
  void cutOff() {
    FrameChannel.close(channel());
  }

  private void end() {
    Serving[] those;
    lock.lock();
    try {
      session.onClientDied();
      those = serving.values().toArray(new Serving[0]);
      serving.clear();
    } finally {
      lock.unlock();
    }
    for (Serving each : those) {
      each.cancel();
    }
    streams.close();
    servers.ended(this);
  }

  /**
   * A request came.
   *
   * @return what is to be served now; null if nothing is
   */
  @Nullable Serving onRequest(Frame.Request request) {
    Frame.Completion answer = null;
    Serving begun = null;
    lock.lock();
    try {
      Verdict verdict = session.onRequest(request);
      if (verdict instanceof Verdict.Serve) {
        begun = servers.begin(this, request);
        if (begun == null) {
          answer = servers.completion(request.number(), Status.WITHDRAWN, new byte[0]);
          session.onServed(answer);
        } else {
          serving.put(request.number(), begun);
        }
      } else if (verdict instanceof Verdict.Repeat repeat) {
        answer = repeat.completion();
      }
    } finally {
      lock.unlock();
    }
    if (answer != null) {
      send(answer);
    } else if (begun != null && request.streamed()) {
      begun.follows(streams.receive(request.number()));
    }
    return begun;
  }

  /**
   * A request is served.
   *
   * @param following what follows the completion; null if nothing does
   */
  void served(Frame.Completion completion, @Nullable InputStream following) {
    streams.stopReceiving(completion.number());
    if (following != null) {
      streams.send(completion.number(), following);
    }
    boolean isWanted;
    lock.lock();
    try {
      isWanted = session.onServed(completion);
      serving.remove(completion.number());
    } finally {
      lock.unlock();
    }
    if (isWanted) {
      send(completion);
    } else {
      streams.stopSending(completion.number());
    }
  }

  /** The client needs one no more. */
  void onCancel(Frame.Cancel cancel) {
    Serving running = null;
    Frame.Completion answer = null;
    streams.stopSending(cancel.number());
    lock.lock();
    try {
      switch (session.onCancel(cancel.number(), cancel.mark())) {
        case STOP -> running = serving.get(cancel.number());
        case ANSWER -> {
          answer = servers.completion(cancel.number(), Status.CANCELLED, new byte[0]);
          session.onServed(answer);
        }
        case NOTHING -> {}
      }
    } finally {
      lock.unlock();
    }
    if (running != null) {
      running.cancel();
    }
    if (answer != null) {
      send(answer);
    }
  }

  void onAcknowledge(Frame.Acknowledge m) {
    lock.lock();
    try {
      session.onAcknowledged(m.mark(), m.acknowledged());
    } finally {
      lock.unlock();
    }
  }

  void onChunk(Frame.Chunk chunk) throws BadFrameException {
    streams.onChunk(chunk);
  }

  void onCredit(Frame.Credit credit) {
    streams.onCredit(credit);
  }

  @Override
  public void write(Frame frame) throws IOException {
    FrameChannel now = channel();
    if (now == null) {
      throw new IOException("there is no channel to " + client);
    }
    now.outbox().send(frame);
  }

  /** Its sender stops when the completion comes. */
  @Override
  public void unwanted(long number) {}

  @Override
  public void unreadable(long number, IOException why) {
    String reason = String.valueOf(why.getMessage());
    send(
        servers.completion(
            number, Status.FAILED, reason.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }

  /** What is lost here is kept, and said again when the client asks again. */
  private void send(Frame.Completion completion) {
    FrameChannel now = channel();
    if (now != null) {
      try {
        now.outbox().send(completion);
      } catch (IOException e) {
        now.close();
      }
    }
  }

  /** How much is remembered of it. */
  int size() {
    lock.lock();
    try {
      return session.size();
    } finally {
      lock.unlock();
    }
  }
}
