package org.quicksilver.transaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.quicksilver.transaction.Network.Envelope;

/** What reaches a node, given to the core. */
final class NodeInbox {
  private final SimulatedNode node;

  /** Processes that wait for what the replicated log says. */
  final List<ProcessParticipant> asked = new ArrayList<>();

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
      Step step = Inbox.onMessage(state, node.nodeId, log(), envelope.from(), envelope.message());
      noteAsking(envelope, step.actions());
      node.perform(event, envelope.from(), step);
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
      inquire(envelope, inquiry, readiness);
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

  private @Nullable NodeId log() {
    boolean asks = node.cluster.majority != null && node.cluster.saboteur.asksTheLog();
    return asks ? MajorityLog.NAME : null;
  }

  private void noteAsking(Envelope envelope, List<Action> actions) {
    boolean isForTheLog = actions.stream().anyMatch(Action.Propose.class::isInstance);
    if (isForTheLog && envelope.from() instanceof ProcessParticipant process) {
      asked.add(process);
    }
  }

  private void inquire(Envelope envelope, Message.Inquire inquiry, Readiness readiness) {
    NodeId log = log();
    List<Action> actions =
        log != null && envelope.from() instanceof ProcessParticipant
            ? ReplicatedOutcome.onInquire(log, readiness)
            : UnknownTransaction.onInquire(node.nodeId, envelope.from(), inquiry, readiness);
    noteAsking(envelope, actions);
    actions.forEach(node::perform);
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
