package org.quicksilver.transaction;

import java.util.List;

/** What a node hears of its links to others, given to the core event by event. */
final class Peers {
  private final SimulatedNode node;

  Peers(SimulatedNode node) {
    this.node = node;
  }

  /** The link to that life of a node is down. */
  void lost(NodeParticipant peer) {
    if (!node.isRunning()) {
      return;
    }
    node.cluster.checker.cause(node.id() + " lost " + peer);
    for (NodeParticipant id : registered(peer)) {
      on("lost", id, state -> EitherRole.onSubordinateLost(state, id));
    }
    on("superior lost", peer, state -> EitherRole.onSuperiorLost(state, peer));
  }

  /** There is a link again, perhaps to a later life. */
  void back(NodeParticipant peer) {
    node.fence = node.fence.onIntroduced(peer);
    for (NodeParticipant id : registered(peer)) {
      on("reborn", id, state -> EitherRole.onReborn(state, id, peer));
    }
    on("reconnected", peer, state -> EitherRole.onReconnected(state, peer));
    on("superior back", peer, state -> EitherRole.onSuperiorReconnected(state, peer));
  }

  private interface CoreEvent {
    Step apply(TransactionState state);
  }

  private void on(String event, ParticipantId from, CoreEvent core) {
    TransactionState state = node.known();
    if (state != null) {
      node.perform(event, from, core.apply(state));
    }
  }

  private List<NodeParticipant> registered(NodeParticipant peer) {
    TransactionState state = node.known();
    return state == null
        ? List.of()
        : state.participants().keySet().stream()
            .filter(NodeParticipant.class::isInstance)
            .map(NodeParticipant.class::cast)
            .filter(id -> id.node().equals(peer.node()))
            .toList();
  }

  /** Registers a subordinate, then sends the first tagged byte; a brittle root then hands over. */
  void request(SimulatedNode peer) {
    SimulatedLink link = node.cluster.link(node, peer);
    if (link == null || !node.isActive() || !link.isUpAt(node)) {
      return;
    }
    NodeParticipant to = link.introducedTo(node);
    Participant joining = Participant.joining(to);
    Step step = EitherRole.onJoin(node.cluster.stateOf(node), joining);
    node.perform("register", to, node.cluster.saboteur.registration(node, step));
    if (!node.isRunning() || step.refuses(to)) {
      return;
    }
    int round = step.state().participants().get(to).round();
    node.cluster.network.send(node, to, null, round);
    on(
        "linked",
        to,
        state -> CoordinatorMigration.onLinked(state, to, node.sturdiness, peer.sturdiness));
  }
}
