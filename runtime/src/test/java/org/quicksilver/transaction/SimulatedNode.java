package org.quicksilver.transaction;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The shell around the real core on one node of the {@link Cluster}: performs actions, routes
 * messages.
 */
final class SimulatedNode {
  final Cluster cluster;
  final NodeId nodeId;
  final @Nullable SimulatedNode superior;
  final List<SimulatedNode> subordinates = new ArrayList<>();
  final List<SimulatedProcess> processes = new ArrayList<>();
  final List<LogRecord> log = new ArrayList<>();
  final List<LogRecord> forcing = new ArrayList<>();
  final Map<Timer, Integer> timers = new EnumMap<>(Timer.class);
  int incarnation = 1;
  @Nullable TransactionState state;
  boolean linkUp = true;

  SimulatedNode(Cluster cluster, NodeId nodeId, @Nullable SimulatedNode superior) {
    this.cluster = cluster;
    this.nodeId = nodeId;
    this.superior = superior;
    if (superior != null) {
      superior.subordinates.add(this);
    }
  }

  NodeParticipant id() {
    return new NodeParticipant(nodeId, incarnation);
  }

  /** Stores the new state, then performs the actions. */
  void perform(String event, @Nullable Step step) {
    if (step == null) {
      return;
    }
    cluster.checker.stepped(this, event, state, step);
    state = step.state();
    step.actions().forEach(this::perform);
  }

  private void perform(Action action) {
    if (action instanceof Action.Send send) {
      cluster.checker.sending(this, send);
      cluster.send(id(), send.to(), send.message());
    } else if (action instanceof Action.Append append) {
      log.add(append.log());
    } else if (action instanceof Action.Force force) {
      forcing.add(force.log());
    } else if (action instanceof Action.SetTimer timer) {
      timers.put(timer.timer(), timer.attempt());
    } else if (action instanceof Action.TellOwner tell) {
      cluster.checker.toldOwner(this, tell.outcome());
    }
  }

  void receive(ParticipantId from, Message message) {
    TransactionState now = state;
    String event = message.getClass().getSimpleName();
    if (now == null) {
      receiveUnknown(from, message);
    } else if (from instanceof NodeParticipant node && !isBelow(node)) {
      perform(event, receiveFromAbove(now, node, message));
    } else {
      perform(event, receiveFromBelow(now, from, message));
    }
  }

  private boolean isBelow(NodeParticipant node) {
    return subordinates.stream().anyMatch(each -> each.nodeId.equals(node.node()));
  }

  private @Nullable Step receiveFromBelow(
      TransactionState now, ParticipantId from, Message message) {
    if (message instanceof Message.VoteCast cast) {
      return EitherRole.onVote(now, from, cast);
    } else if (message instanceof Message.EndAck) {
      return EitherRole.onEndAck(now, from);
    } else if (message instanceof Message.Failed failed) {
      return EitherRole.onFailed(now, from, failed);
    }
    return sideways(now, from, message);
  }

  private @Nullable Step receiveFromAbove(
      TransactionState now, NodeParticipant from, Message message) {
    if (message instanceof Message.VoteRequest request) {
      return SubordinateVoting.onVoteRequest(now, from, request);
    } else if (message instanceof Message.End end) {
      return SubordinateEnding.onEnd(now, from, end);
    }
    return sideways(now, from, message);
  }

  private @Nullable Step sideways(TransactionState now, ParticipantId from, Message message) {
    if (message instanceof Message.Inquire) {
      return EitherRole.onInquire(now, from);
    }
    return message instanceof Message.OutcomeIs answer && now.role() instanceof Role.Subordinate
        ? SubordinateEnding.onOutcome(now, (NodeParticipant) from, answer)
        : null;
  }

  private void receiveUnknown(ParticipantId sender, Message message) {
    if (message instanceof Message.Inquire) {
      UnknownTransaction.onInquire(cluster.tid, nodeId, sender).forEach(this::send);
    }
    if (!(sender instanceof NodeParticipant from)) {
      return;
    }
    if (message instanceof Message.VoteRequest request) {
      cluster.checker.cause("asked for a vote, knows nothing");
      perform("unknown", UnknownTransaction.onVoteRequest(cluster.tid, from, request));
    } else if (message instanceof Message.End end) {
      perform("unknown", UnknownTransaction.onEnd(cluster.tid, from, end));
    }
  }

  private void send(Action action) {
    if (action instanceof Action.Send send) {
      cluster.send(id(), send.to(), send.message());
    }
  }

  /** The request that makes this node part of the transaction. */
  void receiveRequest(NodeParticipant from, int round) {
    TransactionState now = state;
    if (now != null && now.phase() != SubordinatePhase.ACTIVE) {
      cluster.checker.cause("a request came when " + now.phase());
    }
    perform(
        "request",
        now == null
            ? SubordinateTransaction.begin(cluster.tid, from)
            : SubordinateTransaction.onRequest(now, from, round));
  }

  boolean mayRequest() {
    TransactionState now = state;
    return now != null && now.outcome() == null && !now.phase().isEnded();
  }

  /**
   * Loses the process; with the power also the stored state, what was only appended, and the
   * processes.
   */
  void crash(boolean power) {
    forcing.clear();
    timers.clear();
    incarnation++;
    cluster.dropMessagesOf(nodeId);
    if (power) {
      processes.forEach(each -> each.alive = false);
      loseUnforced();
      state = Recovery.replay(log).orElse(null);
    }
    if (state != null) {
      perform("restarted", EitherRole.onRestarted(state));
    }
    processes.stream().filter(each -> !each.alive).forEach(this::reportDeath);
  }

  /** Volatile commits survive processes, not power (documented), so only END records are lost. */
  private void loseUnforced() {
    while (!log.isEmpty()
        && log.get(log.size() - 1) instanceof LogRecord.End
        && cluster.random.nextBoolean()) {
      log.remove(log.size() - 1);
    }
  }

  void reportDeath(SimulatedProcess dead) {
    if (state != null) {
      perform("died", EitherRole.onParticipantDied(state, dead.id));
    }
  }
}
