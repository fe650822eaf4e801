package org.quicksilver.transaction;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages under way: between nodes over {@link SimulatedLink}s, which lose, duplicate and reorder;
 * between a node and its processes reliably, though in any order.
 */
final class Network {
  /**
   * Time after which a link counts as dead: no message is delivered later, and its loss is noticed.
   */
  static final int LINK_DEATH = 25;

  /**
   * A message, or without one the request of that round.
   *
   * @param session of the link when it was sent
   */
  record Envelope(
      ParticipantId from,
      ParticipantId to,
      @Nullable Message message,
      int round,
      int session,
      int sentAt) {}

  final List<Envelope> mail = new ArrayList<>();

  /** What was under way when its session ended; fenced off, whenever it comes. */
  final List<Envelope> ghosts = new ArrayList<>();

  private final Cluster cluster;

  Network(Cluster cluster) {
    this.cluster = cluster;
  }

  /** Lost without notice if there is no link. */
  void send(SimulatedNode from, ParticipantId to, @Nullable Message message, int round) {
    if (to instanceof NodeParticipant node) {
      SimulatedLink link = cluster.link(from, cluster.find(node.node()));
      if (link != null && link.isUpAt(from)) {
        mail.add(new Envelope(from.id(), to, message, round, link.session, cluster.now));
      }
    } else {
      mail.add(new Envelope(from.id(), to, message, 0, 0, cluster.now));
    }
  }

  void send(SimulatedProcess from, Message message) {
    mail.add(new Envelope(from.id, from.node.id(), message, 0, 0, cluster.now));
  }

  /** A request is carried at most once, which is the business of the service queues (S18). */
  void duplicate(Envelope envelope) {
    if (envelope.message() != null) {
      mail.add(envelope);
    }
  }

  void lose(Envelope envelope) {
    SimulatedLink link = linkOf(envelope);
    if (link != null && mail.remove(envelope)) {
      cluster.checker.cause("lost: " + envelope);
      link.missing(cluster.now);
    }
  }

  void deliver(Envelope envelope) {
    mail.remove(envelope);
    if (envelope.from() instanceof NodeParticipant from
        && envelope.to() instanceof NodeParticipant to) {
      deliver(envelope, cluster.find(from.node()), cluster.find(to.node()));
    } else if (envelope.to() instanceof ProcessParticipant process) {
      cluster.processes(process).forEach(each -> each.receive(envelope));
    } else if (envelope.to() instanceof NodeParticipant to) {
      cluster.find(to.node()).inbox.receive(envelope);
    }
  }

  private void deliver(Envelope envelope, SimulatedNode from, SimulatedNode to) {
    SimulatedLink link = linkOf(envelope);
    if (link == null || link.isCut || !to.isListening() || !isTimely(envelope)) {
      if (link != null && link.session == envelope.session()) {
        cluster.checker.cause("lost: " + envelope);
        link.missing(cluster.now);
      }
    } else if (link.isUpAt(to) && link.session == envelope.session()) {
      to.inbox.receive(envelope);
    } else {
      ghosts.add(envelope);
    }
  }

  /** What is left of an earlier session. */
  void deliverGhost(Envelope envelope) {
    if (envelope.to() instanceof NodeParticipant to) {
      cluster.find(to.node()).inbox.receiveGhost(envelope);
    }
  }

  /** What is said on this host does not take that long. */
  void deliverOverdue() {
    mail.stream()
        .filter(each -> each.session() == 0 && !isTimely(each))
        .findFirst()
        .ifPresent(this::deliver);
  }

  private boolean isTimely(Envelope envelope) {
    return cluster.now - envelope.sentAt() <= LINK_DEATH;
  }

  private @Nullable SimulatedLink linkOf(Envelope envelope) {
    return envelope.from() instanceof NodeParticipant from
            && envelope.to() instanceof NodeParticipant to
        ? cluster.link(cluster.find(from.node()), cluster.find(to.node()))
        : null;
  }

  /** What is said to and by the processes of a node that dies is said over its sockets. */
  void forgetLocal(SimulatedNode node) {
    mail.removeIf(
        each ->
            each.from() instanceof ProcessParticipant && isOf(each.to(), node)
                || each.to() instanceof ProcessParticipant && isOf(each.from(), node));
  }

  private static boolean isOf(ParticipantId id, SimulatedNode node) {
    return id instanceof NodeParticipant named && named.node().equals(node.nodeId);
  }
}
