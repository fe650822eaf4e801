package org.quicksilver.node;

import java.io.IOException;
import java.net.SocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.quicksilver.comm.Peer;
import org.quicksilver.transaction.NodeId;

/**
 * The addresses that this node dials, each again and again while there is no link. Node thread
 * only.
 */
final class Dials {

  /** Longest time until a node is dialled again, milliseconds. */
  private static final int MOST_PAUSE = 150;

  private final List<Dial> dials;
  private final NodeLog log;
  private final SecureRandom random = new SecureRandom();
  private @Nullable Function<SocketAddress, Peer> dialler;

  Dials(List<PeerAddress> addresses, NodeLog log) {
    this.dials = addresses.stream().map(Dial::new).toList();
    this.log = log;
  }

  /** How to dial; before that nobody is. */
  void by(Function<SocketAddress, Peer> way) {
    dialler = way;
  }

  boolean isEmpty() {
    return dials.isEmpty();
  }

  List<Dial> all() {
    return dials;
  }

  /** The one that made a connection. */
  Optional<Dial> of(Peer peer) {
    return dials.stream().filter(each -> each.isBy(peer)).findFirst();
  }

  /** Whether that node may be behind one that is just being introduced. */
  boolean mayLeadTo(NodeId node) {
    return dials.stream()
        .filter(Dial::isIntroducing)
        .anyMatch(dial -> dial.node() == null || dial.node().equals(node));
  }

  /** Dials whom it is time to dial. */
  void look(long nowNanos, Predicate<NodeId> isConnected) {
    dials.forEach(dial -> dial.giveUpIfSilent(nowNanos));
    dials.stream()
        .filter(dial -> dial.isDue(System.nanoTime()))
        .filter(dial -> dial.node() == null || !isConnected.test(dial.node()))
        .forEach(this::dial);
  }

  private void dial(Dial dial) {
    Function<SocketAddress, Peer> way = dialler;
    if (way != null) {
      try {
        dial.begin(way.apply(dial.address().socketAddress()), System.nanoTime());
      } catch (IOException e) {
        complain(dial, e.getMessage());
      }
    }
  }

  /** Its node does not want us. */
  void refused(Peer peer, String reason) {
    of(peer).ifPresent(dial -> complain(dial, reason));
  }

  private void complain(Dial dial, @Nullable String reason) {
    if (dial.isNews(String.valueOf(reason))) {
      log.warn("no link to " + dial.address() + ": " + reason);
    }
  }

  /** Its connection is gone. */
  void ended(Peer peer) {
    of(peer).ifPresent(dial -> dial.ended(System.nanoTime(), random.nextInt(MOST_PAUSE)));
  }
}
