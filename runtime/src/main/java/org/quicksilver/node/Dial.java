package org.quicksilver.node;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.quicksilver.comm.Peer;
import org.quicksilver.transaction.NodeId;

/** The attempts to reach one address. Node thread only. */
final class Dial {

  /** Too small: a busy node is dialled in vain; too large: a stopped one holds up others. */
  private static final long PATIENCE_NANOS = Duration.ofSeconds(3).toNanos();

  private final PeerAddress address;
  private @Nullable Peer peer;
  private @Nullable NodeId node;
  private boolean introducing;
  private long dueAtNanos = System.nanoTime();
  private long begunAtNanos;
  private String complaint = "";

  Dial(PeerAddress address) {
    this.address = address;
  }

  PeerAddress address() {
    return address;
  }

  /** Who was there, as far as is known. */
  @Nullable NodeId node() {
    return node;
  }

  boolean isDue(long nowNanos) {
    return peer == null && nowNanos - dueAtNanos >= 0;
  }

  boolean isBy(Peer connection) {
    return peer == connection;
  }

  /** Whether we have introduced ourselves and await the answer. */
  boolean isIntroducing() {
    return introducing;
  }

  void begin(Peer connection, long nowNanos) {
    peer = connection;
    begunAtNanos = nowNanos;
  }

  void introducing() {
    introducing = true;
  }

  void leadsTo(NodeId found) {
    node = found;
    introducing = false;
    complaint = "";
  }

  /** Whoever does not even answer may do so next time. */
  void giveUpIfSilent(long nowNanos) {
    if (peer != null && introducing && nowNanos - begunAtNanos > PATIENCE_NANOS) {
      peer.close();
    }
  }

  void ended(long nowNanos, int pauseMillis) {
    peer = null;
    introducing = false;
    dueAtNanos = nowNanos + Duration.ofMillis(pauseMillis).toNanos();
  }

  /** Whether this has not been the reason last time; it is tried several times a second. */
  boolean isNews(String reason) {
    boolean isNews = !reason.equals(complaint);
    complaint = reason;
    return isNews;
  }

  @Override
  public String toString() {
    return "dial of " + address;
  }
}
