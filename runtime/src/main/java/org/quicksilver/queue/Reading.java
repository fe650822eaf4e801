package org.quicksilver.queue;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.quicksilver.queue.protocol.BadFrameException;
import org.quicksilver.queue.protocol.Frame;

/**
 * One thread's turn at reading a client's channel. It serves what it reads by itself; while it is
 * in a service for long, {@link TurnTaker} gives the turn to another thread, and this one ends when
 * it comes out.
 *
 * <p>A hand-over to another thread for every request would cost more than most requests do.
 */
final class Reading implements Runnable {

  private static final int READING = 0;
  private static final int SERVING = 1;
  private static final int TAKEN = 2;

  /**
   * Completions are kept together with later ones for so long; longer, and clients wait for them.
   */
  private static final long KEPT_NANOS = 50_000;

  private final FrameChannel channel;
  private final ClientLink client;
  private final ServerSide servers;
  private final AtomicInteger state = new AtomicInteger(READING);
  private volatile long servingSinceNanos;

  Reading(FrameChannel channel, ClientLink client, ServerSide servers) {
    this.channel = channel;
    this.client = client;
    this.servers = servers;
  }

  @Override
  public void run() {
    servers.turns().add(this);
    boolean isOver = true;
    try {
      isOver = read();
    } catch (BadFrameException e) {
      servers.refused(client.client(), e);
    } catch (IOException e) {
      // The other side has closed, or is dead.
    } finally {
      servers.turns().remove(this);
    }
    if (isOver) {
      channel.close();
      client.detach(channel);
    }
  }

  /** False if another thread has the turn now. */
  private boolean read() throws IOException, BadFrameException {
    while (true) {
      Frame frame = channel.next();
      channel.outbox().cork();
      boolean isMine = true;
      try {
        long corkedAt = servers.turns().now();
        while (isMine && frame != null) {
          isMine = received(frame);
          frame = isMine ? channel.buffered() : null;
          if (frame != null && servers.turns().now() - corkedAt > KEPT_NANOS) {
            channel.outbox().uncork();
            channel.outbox().cork();
            corkedAt = servers.turns().now();
          }
        }
      } finally {
        if (isMine) {
          channel.outbox().uncork();
        }
      }
      if (!isMine) {
        return false;
      }
    }
  }

  private boolean received(Frame frame) throws BadFrameException {
    if (frame instanceof Frame.Request request) {
      Serving serving = client.onRequest(request);
      return serving == null || served(serving);
    } else if (frame instanceof Frame.Cancel cancel) {
      client.onCancel(cancel);
    } else if (frame instanceof Frame.Acknowledge acknowledge) {
      client.onAcknowledge(acknowledge);
    } else if (frame instanceof Frame.Chunk chunk) {
      client.onChunk(chunk);
    } else if (frame instanceof Frame.Credit credit) {
      client.onCredit(credit);
    } else {
      throw new BadFrameException("a client says " + frame.getClass().getSimpleName());
    }
    return true;
  }

  private boolean served(Serving serving) {
    if (servers.isElsewhere(serving)) {
      servers.serveElsewhere(serving);
      return true;
    }
    servingSinceNanos = servers.turns().now();
    state.set(SERVING);
    servers.turns().watch();
    servers.serve(serving);
    return state.compareAndSet(SERVING, READING);
  }

  boolean isServing() {
    return state.get() == SERVING;
  }

  /**
   * Gives the turn to another thread if this one has been in a service for that long.
   *
   * @return whether it did
   */
  boolean giveAwayIfLong(long nowNanos, long longNanos) {
    if (state.get() != SERVING || nowNanos - servingSinceNanos < longNanos) {
      return false;
    }
    if (!state.compareAndSet(SERVING, TAKEN)) {
      return false;
    }
    try {
      channel.outbox().uncork();
    } catch (IOException e) {
      channel.close();
    }
    servers.execute(new Reading(channel, client, servers));
    return true;
  }
}
