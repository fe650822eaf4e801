package org.quicksilver.node;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.quicksilver.comm.LinkMessage;
import org.quicksilver.comm.LinkMessage.Numbered;
import org.quicksilver.comm.LinkMessage.Word;
import org.quicksilver.comm.Peer;
import org.quicksilver.transaction.NodeParticipant;
import org.quicksilver.transaction.Sturdiness;

/**
 * The session with one life of another node: what was said and has not been acknowledged is said
 * again over the next connection, what comes twice counts once. Node thread only; lost with the
 * process.
 */
final class Neighbour {

  private final NodeParticipant id;
  private final Sturdiness sturdiness;
  private final long session;
  private final long beganNanos = System.nanoTime();
  private final Deque<Numbered> unacknowledged = new ArrayDeque<>();
  private long sent;
  private long received;
  private long resent;
  private @Nullable Peer peer;
  private long heardAtNanos;

  Neighbour(NodeParticipant id, Sturdiness sturdiness, long session) {
    this.id = id;
    this.sturdiness = sturdiness;
    this.session = session;
  }

  NodeParticipant id() {
    return id;
  }

  Sturdiness sturdiness() {
    return sturdiness;
  }

  long session() {
    return session;
  }

  long received() {
    return received;
  }

  boolean isConnected() {
    return peer != null;
  }

  boolean isOver(Peer connection) {
    return peer == connection;
  }

  /** How long nothing has been heard, nanoseconds. */
  long silence(long nowNanos) {
    return nowNanos - heardAtNanos;
  }

  void heard(long nowNanos) {
    heardAtNanos = nowNanos;
  }

  /**
   * Goes on over a connection, from what the other side has received.
   *
   * @param before closed if there was one
   */
  void connected(Peer connection, long receivedByOther, long nowNanos) {
    Peer before = peer;
    peer = connection;
    heard(nowNanos);
    acknowledged(receivedByOther);
    unacknowledged.forEach(connection::send);
    resent += unacknowledged.size();
    if (before != null && before != connection) {
      before.close();
    }
  }

  void disconnected() {
    peer = null;
  }

  void close() {
    if (peer != null) {
      peer.close();
      peer = null;
    }
  }

  void send(Word word) {
    Numbered numbered = next(word);
    if (peer != null) {
      peer.send(numbered);
    }
  }

  /** It may take some milliseconds. */
  void sendWithNext(Word word) {
    Numbered numbered = next(word);
    if (peer != null) {
      peer.sendWithNext(numbered);
    }
  }

  private Numbered next(Word word) {
    Numbered numbered = new Numbered(++sent, received, word);
    unacknowledged.add(numbered);
    return numbered;
  }

  void beat() {
    if (peer != null) {
      peer.send(new LinkMessage.Heartbeat(received));
    }
  }

  /** The word in it if it is the next; null if it has been received before. */
  @Nullable Word receive(Numbered numbered) {
    acknowledged(numbered.received());
    if (numbered.number() != received + 1) {
      return null;
    }
    received++;
    return numbered.word();
  }

  void acknowledged(long number) {
    while (!unacknowledged.isEmpty() && unacknowledged.element().number() <= number) {
      unacknowledged.remove();
    }
  }

  NeighbourView view(String address, long nowNanos) {
    return new NeighbourView(
        id.node().toString(),
        Integer.toUnsignedLong(id.incarnation()),
        address,
        isConnected() ? "linked" : "broken",
        TimeUnit.NANOSECONDS.toMillis(nowNanos - beganNanos),
        TimeUnit.NANOSECONDS.toMillis(silence(nowNanos)),
        sent,
        received,
        resent,
        unacknowledged.size());
  }

  @Override
  public String toString() {
    return id + ", session " + Long.toHexString(session);
  }
}
