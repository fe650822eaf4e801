package org.quicksilver.transaction;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.quicksilver.transaction.Network.Envelope;

/**
 * A process below a node of the {@link Cluster}: votes as it was drawn to, and notes all it is
 * told. What it promised recoverably, and the outcome it was told, survive it.
 */
final class SimulatedProcess {
  final SimulatedNode node;
  final ParticipationClass participation;
  final DeathEffect onDeath;
  final Vote inclination;
  ProcessParticipant id;
  final List<ProcessParticipant> formerIds = new ArrayList<>();
  boolean isAlive = true;
  boolean isRefused;
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

  void join() {
    TransactionState state = node.known();
    if (state != null) {
      node.processes.add(this);
      Participant joining = Participant.joining(id, participation, onDeath);
      boolean isBranch = node.cluster.random.nextInt(6) == 0;
      Step step = isBranch ? merge(state, joining) : EitherRole.onJoin(state, joining);
      isRefused = step.refuses(id);
      node.perform(isBranch ? "absorbed" : "join", id, step);
    }
  }

  /** S15: it has joined under a provisional name, and is from now on under the other one. */
  private Step merge(TransactionState state, Participant joining) {
    TransactionId name = new TransactionId(2, 1, id.incarnation());
    TransactionState branch =
        RootTransaction.begin(name, id.incarnation())
            .then(now -> RootTransaction.onJoin(now, joining))
            .state();
    Step left = Branches.onAbsorbed(branch);
    boolean isSilent = left.actions().stream().noneMatch(Action.Send.class::isInstance);
    assertTrue(
        left.state().phase().isEnded() && isSilent, () -> "S15: told under both names: " + left);
    return EitherRole.absorb(state, branch);
  }

  boolean isTwoPhase() {
    return participation == ParticipationClass.TWO_PHASE;
  }

  boolean isPrepared() {
    return cast == Vote.RECOVERABLE;
  }

  boolean isInDoubt() {
    return isPrepared()
        && told.stream().noneMatch(m -> m instanceof Message.End || m instanceof Message.OutcomeIs);
  }

  void receive(Envelope envelope) {
    Message message = envelope.message();
    if (!isAlive || message == null) {
      return;
    }
    told.add(message);
    if (message instanceof Message.VoteRequest request) {
      vote(request);
    } else if (message instanceof Message.End end) {
      node.cluster.checker.learned(end.outcome(), id, node);
      send(new Message.EndAck());
    } else if (message instanceof Message.OutcomeIs answer) {
      node.cluster.checker.learned(answer.outcome(), id, node);
    } else if (message instanceof Message.Ending) {
      send(new Message.EndAck());
    }
  }

  private void vote(Message.VoteRequest request) {
    cast = inclination;
    if (cast == Vote.ABORT) {
      node.cluster.checker.cause(id + " votes to abort");
    }
    List<String> reasons = cast == Vote.ABORT ? List.of("no") : List.of();
    send(new Message.VoteCast(cast, request.round(), reasons));
  }

  private void send(Message message) {
    node.cluster.network.send(this, message);
  }

  void wantsAbort() {
    TransactionState state = node.known();
    if (isAlive && state != null && node.fence.admits(id)) {
      node.cluster.checker.cause(id + " aborts");
      node.perform("aborts", id, EitherRole.onParticipantAborts(state, id, "no"));
    }
  }

  void die() {
    if (isAlive) {
      node.cluster.checker.cause(id + " died");
      isAlive = false;
      reportDeath();
    }
  }

  /** Its node takes it for dead, and it is not. */
  void suspect() {
    if (isAlive && node.isRunning() && node.fence.admits(id)) {
      node.cluster.checker.cause(id + " is taken for dead");
      node.fence = node.fence.onDeclaredDead(id);
      reportDeath();
    }
  }

  /** It learns that it was declared dead: what it has not promised it undoes, and starts anew. */
  void fenced() {
    if (isAlive) {
      node.cluster.checker.note(id + " learns that it was declared dead");
      isAlive = false;
    }
  }

  private void reportDeath() {
    TransactionState state = node.known();
    if (state != null) {
      node.perform("died", id, EitherRole.onParticipantDied(state, id));
    }
  }

  /** Comes back as a later incarnation and is known again by its store. */
  void revive() {
    if (isAlive || !isPrepared() || !node.isRunning()) {
      return;
    }
    formerIds.add(id);
    id = node.cluster.nextProcess();
    isAlive = true;
    formerIds.forEach(this::reportRebirth);
    inquire();
  }

  /** A log written before an earlier rebirth names an earlier life, so all of them are reported. */
  private void reportRebirth(ProcessParticipant former) {
    TransactionState state = node.known();
    if (state != null) {
      node.perform("reborn", former, EitherRole.onReborn(state, former, id));
    }
  }

  /** Announces itself to its node, which has been away. */
  void nodeIsBack() {
    if (!isAlive) {
      reportDeath();
    } else if (!node.fence.admits(id)) {
      fenced();
    } else {
      announce();
      inquire();
    }
  }

  private void announce() {
    TransactionState state = node.known();
    if (state == null) {
      return;
    }
    node.perform("reconnected", id, EitherRole.onReconnected(state, id));
    TransactionState now = node.known();
    if (now != null && now.phase().isEnded() && told.isEmpty()) {
      Participant joining = Participant.joining(id, participation, onDeath);
      node.perform("join", id, EitherRole.onJoin(now, joining));
    }
  }

  private void inquire() {
    if (isAlive && isInDoubt() && node.isRunning()) {
      send(new Message.Inquire());
    }
  }
}
