package org.quicksilver.node;

import java.net.SocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.quicksilver.comm.LinkMessage;
import org.quicksilver.comm.LinkMessage.Introduce;
import org.quicksilver.comm.LinkMessage.Introduced;
import org.quicksilver.comm.LinkMessage.Numbered;
import org.quicksilver.comm.LinkMessage.Word;
import org.quicksilver.comm.Peer;
import org.quicksilver.transaction.Fence;
import org.quicksilver.transaction.NodeId;
import org.quicksilver.transaction.NodeParticipant;
import org.quicksilver.transaction.Sturdiness;

/**
 * The nodes linked to this one. Each side dials those its option {@code peers} names, again and
 * again while there is no link. A link that is silent for longer than {@code link-death} is lost; a
 * connection that merely breaks is not, if it is mended in time. Node thread only.
 *
 * <p>Source: design.md, promise 5 (slow is not dead; a silent host is suspected, and fenced by its
 * incarnation); transaction-manager.md, "Messages", S9, L5.
 */
final class Neighbours {

  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final long NO_SESSION = 0;

  /** What is told of links; in the order of events of each. */
  interface Listener {
    /** There is a link, for the first time or to a later life. */
    void onLinked(NodeParticipant peer);

    /** The link to that life is lost. */
    void onLost(NodeParticipant peer);

    /** It says something. */
    void onWord(NodeParticipant from, Word word);
  }

  private final NodeParticipant self;
  private final Sturdiness sturdiness;
  private final Dials dials;
  private final Duration linkDeath;
  private final NodeThread thread;
  private final FenceTable fences;
  private final NodeLog log;
  private final SecureRandom random = new SecureRandom();
  private final Map<NodeId, Neighbour> sessions = new LinkedHashMap<>();
  private @Nullable Listener listener;
  private long lookedAtNanos;
  private boolean watching;

  Neighbours(
      NodeParticipant self,
      Sturdiness sturdiness,
      List<PeerAddress> addresses,
      Duration linkDeath,
      NodeThread thread,
      FenceTable fences,
      NodeLog log) {
    this.self = self;
    this.sturdiness = sturdiness;
    this.dials = new Dials(addresses, log);
    this.linkDeath = linkDeath;
    this.thread = thread;
    this.fences = fences;
    this.log = log;
  }

  /** Who is told; before anything else. */
  void tell(Listener told) {
    listener = told;
  }

  private Listener listener() {
    return Objects.requireNonNull(listener);
  }

  /** Begins to dial, and to watch. */
  void start(Function<SocketAddress, Peer> dial) {
    dials.by(dial);
    if (!dials.isEmpty()) {
      watch();
      look();
    }
  }

  /** From the first link on, or the first to be made: a node without any does not wake for them. */
  private void watch() {
    if (!watching) {
      watching = true;
      lookedAtNanos = System.nanoTime();
      thread.every(PAUSE, "links", this::look);
      Duration beat = linkDeath.dividedBy(5);
      thread.every(beat.compareTo(PAUSE) < 0 ? PAUSE : beat, "heartbeats", this::beat);
    }
  }

  NodeParticipant self() {
    return self;
  }

  Sturdiness sturdiness() {
    return sturdiness;
  }

  /** After so long a silence a link is lost. */
  Duration linkDeath() {
    return linkDeath;
  }

  Collection<Neighbour> all() {
    return List.copyOf(sessions.values());
  }

  /** The links as they are, those that are wanted and missing included. */
  List<NeighbourView> views() {
    return NeighbourView.of(sessions, dials.all(), System.nanoTime());
  }

  /** The life of that node there is a link to. */
  Optional<Neighbour> find(NodeId node) {
    return Optional.ofNullable(sessions.get(node));
  }

  /** Lost without notice if there is no link. */
  void send(NodeId to, Word word) {
    Neighbour neighbour = sessions.get(to);
    if (neighbour != null) {
      neighbour.send(word);
      thread.stayAwake();
    }
  }

  /** The same, and it may take some milliseconds: for what nobody is in a hurry to know. */
  void sendWithNext(NodeId to, Word word) {
    Neighbour neighbour = sessions.get(to);
    if (neighbour != null) {
      neighbour.sendWithNext(word);
    }
  }

  private void look() {
    long now = System.nanoTime();
    if (now - lookedAtNanos > linkDeath.toNanos() / 2) {
      // We have been stopped ourselves; what came meanwhile has not been read yet.
      all().forEach(each -> each.heard(now));
    }
    lookedAtNanos = now;
    for (Neighbour each : all()) {
      if (each.silence(now) > linkDeath.toNanos()) {
        lose(each, "silent for " + linkDeath.toMillis() + " ms");
      }
    }
    dials.look(now, this::isConnected);
  }

  private boolean isConnected(NodeId node) {
    Neighbour neighbour = sessions.get(node);
    return neighbour != null && neighbour.isConnected();
  }

  private void beat() {
    all().forEach(Neighbour::beat);
  }

  /** A connection we dialled stands. */
  void onDialled(Peer peer, byte[] challenge) {
    Dial dial = dials.of(peer).orElse(null);
    if (dial != null) {
      dial.introducing();
      Neighbour known = dial.node() == null ? null : sessions.get(dial.node());
      long session = known == null ? 0 : known.session();
      long received = known == null ? 0 : known.received();
      peer.introduce(self, sturdiness, session, received, challenge);
    }
  }

  /** A node dialled us. */
  void onIntroduce(Peer peer, Introduce said) {
    NodeParticipant other = said.self();
    String refusal = refusal(other);
    if (!refusal.isEmpty()) {
      log.warn("refused: " + other + ": " + refusal);
      peer.refuse(refusal);
      return;
    }
    Neighbour neighbour = sessions.get(other.node());
    if (neighbour != null && isSame(neighbour, other, said.session())) {
      peer.introduced(self, sturdiness, neighbour.session(), neighbour.received());
      neighbour.connected(peer, said.received(), System.nanoTime());
    } else if (isLinked(other) || dials.mayLeadTo(other.node())) {
      // Where both dial at once, each refuses the other, and tries again at a time of its own.
      peer.introduced(self, sturdiness, NO_SESSION, 0);
    } else {
      long session = random.nextLong() | 1;
      peer.introduced(self, sturdiness, session, 0);
      begin(new Neighbour(other, said.sturdiness(), session), peer);
    }
  }

  private boolean isLinked(NodeParticipant other) {
    Neighbour neighbour = sessions.get(other.node());
    return neighbour != null && neighbour.id().equals(other) && neighbour.isConnected();
  }

  private static boolean isSame(Neighbour neighbour, NodeParticipant other, long session) {
    return neighbour.id().equals(other) && neighbour.session() == session;
  }

  private String refusal(NodeParticipant other) {
    if (other.node().equals(self.node())) {
      return "this is the same node: " + other.node() + "; peers must name others";
    }
    return fences.fence().admits(other)
        ? ""
        : "incarnation "
            + Integer.toUnsignedString(other.incarnation())
            + " is over: a later one was here, or it was declared dead; start it anew";
  }

  /** The node we dialled has answered. */
  void onIntroduced(Peer peer, Introduced said) {
    NodeParticipant other = said.self();
    Dial dial = dials.of(peer).orElse(null);
    String refusal = refusal(other);
    if (dial == null || !refusal.isEmpty()) {
      onRefused(peer, refusal);
      peer.close();
      return;
    }
    dial.leadsTo(other.node());
    Neighbour neighbour = sessions.get(other.node());
    if (said.session() == NO_SESSION) {
      peer.close();
    } else if (neighbour != null && isSame(neighbour, other, said.session())) {
      neighbour.connected(peer, said.received(), System.nanoTime());
    } else {
      begin(new Neighbour(other, said.sturdiness(), said.session()), peer);
    }
  }

  private void begin(Neighbour next, Peer peer) {
    Neighbour before = sessions.get(next.id().node());
    if (before != null) {
      lose(before, "it begins a new session");
    }
    fences.introduced(next.id());
    sessions.put(next.id().node(), next);
    watch();
    next.connected(peer, 0, System.nanoTime());
    log.info("linked with " + next + ", " + next.sturdiness());
    listener().onLinked(next.id());
  }

  private void lose(Neighbour neighbour, String why) {
    log.warn("lost " + neighbour + ": " + why);
    sessions.remove(neighbour.id().node(), neighbour);
    neighbour.close();
    listener().onLost(neighbour.id());
  }

  /** Something came over a link. */
  void onMessage(Peer peer, LinkMessage message) {
    Neighbour from = of(peer).orElse(null);
    if (from == null) {
      return;
    }
    from.heard(System.nanoTime());
    if (message instanceof LinkMessage.Heartbeat beat) {
      from.acknowledged(beat.received());
    } else if (message instanceof Numbered numbered) {
      Word word = from.receive(numbered);
      Fence fence = fences.fence();
      if (word != null && fence.admits(from.id())) {
        thread.stayAwake();
        listener().onWord(from.id(), word);
      }
    }
  }

  private Optional<Neighbour> of(Peer peer) {
    return sessions.values().stream().filter(each -> each.isOver(peer)).findFirst();
  }

  /** The node we dialled does not want us. */
  void onRefused(Peer peer, String reason) {
    dials.refused(peer, reason);
  }

  /** A connection is gone; the session may outlive it. */
  void onClosed(Peer peer) {
    dials.ended(peer);
    of(peer).ifPresent(Neighbour::disconnected);
  }

  /** Lets go of all; the others find out. */
  void close() {
    sessions.values().forEach(Neighbour::close);
  }
}
