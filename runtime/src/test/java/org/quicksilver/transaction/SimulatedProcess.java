package org.quicksilver.transaction;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A process below a node of the {@link Cluster}: votes as it was drawn to, and notes all it is
 * told.
 */
final class SimulatedProcess {
  final SimulatedNode node;
  final ParticipationClass participation;
  final DeathEffect onDeath;
  final Vote inclination;
  ProcessParticipant id;
  final List<ProcessParticipant> formerIds = new ArrayList<>();
  boolean alive = true;
  boolean refused;
  @Nullable Vote cast;
  final List<Message> told = new ArrayList<>();

  SimulatedProcess(
      SimulatedNode node,
      ProcessParticipant id,
      ParticipationClass participation,
      DeathEffect onDeath,
      Vote inclination) {
    this.node = node;
    this.id = id;
    this.participation = participation;
    this.onDeath = onDeath;
    this.inclination = inclination;
  }

  Participant joining() {
    return Participant.joining(id, participation, onDeath);
  }

  boolean isTwoPhase() {
    return participation == ParticipationClass.TWO_PHASE;
  }

  /** Recoverable, and it has promised: what it needs is durable, so it can come back. */
  boolean isPrepared() {
    return cast == Vote.RECOVERABLE;
  }

  /** Prepared, and not yet told: what it was told is as durable as its promise. */
  boolean isInDoubt() {
    return isPrepared()
        && told.stream().noneMatch(m -> m instanceof Message.End || m instanceof Message.OutcomeIs);
  }

  void receive(Message message, Cluster cluster) {
    told.add(message);
    if (message instanceof Message.VoteRequest request) {
      vote(request, cluster);
    } else if (message instanceof Message.End end) {
      cluster.checker.learned(end.outcome(), id);
      cluster.send(id, node.id(), new Message.EndAck());
    } else if (message instanceof Message.OutcomeIs answer) {
      cluster.checker.learned(answer.outcome(), id);
    } else if (message instanceof Message.Ending) {
      cluster.send(id, node.id(), new Message.EndAck());
    }
  }

  private void vote(Message.VoteRequest request, Cluster cluster) {
    cast = inclination;
    if (cast == Vote.ABORT) {
      cluster.checker.cause(id + " votes to abort");
    }
    List<String> reasons = cast == Vote.ABORT ? List.of("no") : List.of();
    cluster.send(id, node.id(), new Message.VoteCast(cast, request.round(), reasons));
  }
}
