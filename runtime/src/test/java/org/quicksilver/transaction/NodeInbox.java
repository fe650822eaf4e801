package org.quicksilver.transaction;

import java.util.Objects;
import org.quicksilver.transaction.Network.Envelope;

/** What reaches a node, given to the core. */
final class NodeInbox {
  private final SimulatedNode node;

  NodeInbox(SimulatedNode node) {
    this.node = node;
  }

  void receive(Envelope envelope) {
    TransactionState state = node.known();
    if (!node.fence.admits(envelope.from())) {
      refuse(envelope);
    } else if (envelope.message() == null) {
      receiveRequest(envelope);
    } else if (state != null) {
      String event = envelope.message().getClass().getSimpleName();
      node.perform(
          event,
          envelope.from(),
          Inbox.onMessage(state, node.nodeId, envelope.from(), envelope.message()));
    } else {
      receiveUnknown(envelope, envelope.message());
    }
  }

  private void refuse(Envelope envelope) {
    if (envelope.from() instanceof ProcessParticipant process && node.isRunning()) {
      node.cluster.processes(process).forEach(SimulatedProcess::fenced);
    }
  }

  /** What is left of an earlier session or life changes nothing. */
  void receiveGhost(Envelope envelope) {
    TransactionState before = node.state;
    if (node.isRunning() && !node.fence.admits(envelope.from())) {
      receive(envelope);
    }
    node.cluster.saboteur.ghost(node, envelope);
    node.cluster.checker.heardGhost(node, before, envelope);
  }

  private void receiveRequest(Envelope envelope) {
    if (!node.isRunning()) {
      missed(envelope);
      return;
    }
    NodeParticipant from = (NodeParticipant) envelope.from();
    TransactionState state = node.state;
    if (state != null && state.phase() != SubordinatePhase.ACTIVE) {
      node.cluster.checker.cause("a request came when " + state.phase());
    }
    boolean isNew = state == null || node.cluster.saboteur.forgetsTombstone(state);
    node.perform(
        "request",
        from,
        isNew
            ? SubordinateTransaction.begin(node.cluster.tid, from)
            : EitherRole.onRequest(Objects.requireNonNull(state), from, envelope.round()));
  }

  private void receiveUnknown(Envelope envelope, Message message) {
    Readiness readiness =
        node.isRecovering() ? node.cluster.saboteur.whileRecovering() : Readiness.RECOVERED;
    if (message instanceof Message.Inquire inquiry) {
      UnknownTransaction.onInquire(node.nodeId, envelope.from(), inquiry, readiness)
          .forEach(node::perform);
    } else if (envelope.from() instanceof NodeParticipant from) {
      UnknownTransaction.onMessage(node.cluster.tid, from, message, readiness)
          .ifPresentOrElse(
              step -> {
                node.cluster.checker.cause("knows nothing: " + envelope);
                node.perform("unknown", from, step);
              },
              () -> missed(envelope));
    }
  }

  /** A recovering node takes nothing: it has to be said again. */
  private void missed(Envelope envelope) {
    NodeParticipant from = (NodeParticipant) envelope.from();
    SimulatedLink link = node.cluster.link(node, node.cluster.find(from.node()));
    if (node.isRecovering() && link != null) {
      node.cluster.checker.cause("missed: " + envelope);
      link.missing(node.cluster.now);
    }
  }
}
