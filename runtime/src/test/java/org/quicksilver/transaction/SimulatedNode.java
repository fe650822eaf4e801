package org.quicksilver.transaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The shell around the real core on one node of the {@link Cluster}: stores the state, performs the
 * actions one by one, and may die between any two of them.
 */
final class SimulatedNode {
  private enum Life {
    RUNNING,
    DOWN,
    RECOVERING
  }

  final Cluster cluster;
  final NodeId nodeId;
  final Sturdiness sturdiness;
  final List<SimulatedProcess> processes = new ArrayList<>();
  final DiskLog log;
  final Timers timers;
  final Peers peers = new Peers(this);
  final NodeInbox inbox = new NodeInbox(this);
  Fence fence = Fence.OPEN;
  int incarnation = 1;

  /** What the store has of it; survives the process. */
  @Nullable TransactionState state;

  /** Somebody's word instead of the coordinator's was taken here: an operator's, or its own. */
  boolean isTainted;

  private Life life = Life.RUNNING;
  private boolean hadNoPower;

  SimulatedNode(Cluster cluster, NodeId nodeId, Sturdiness sturdiness) {
    this.cluster = cluster;
    this.nodeId = nodeId;
    this.sturdiness = sturdiness;
    timers = new Timers(this);
    log = new DiskLog(cluster.saboteur.forces());
  }

  NodeParticipant id() {
    return new NodeParticipant(nodeId, incarnation);
  }

  boolean isRunning() {
    return life == Life.RUNNING;
  }

  boolean isListening() {
    return life != Life.DOWN;
  }

  boolean isRecovering() {
    return life == Life.RECOVERING;
  }

  /** What it can work with: nothing while it is down or recovering. */
  @Nullable TransactionState known() {
    return isRunning() ? state : null;
  }

  boolean isActive() {
    TransactionState now = known();
    return now != null && now.outcome() == null && !now.phase().isEnded();
  }

  void perform(String event, Step step) {
    perform(event, null, step);
  }

  /** Stores the new state, then performs the actions. */
  void perform(String event, @Nullable ParticipantId from, Step step) {
    if (!isRunning()) {
      return;
    }
    Step done = cluster.saboteur.step(this, event, from, step);
    TransactionState before = state;
    state = done.state();
    cluster.owner().stepped(this, done.state());
    cluster.checker.stepped(new Event(this, event, from, before, done));
    timers.noteUse(done);
    for (Action action : cluster.saboteur.actions(event, done)) {
      if (cluster.diesNow(this)) {
        return;
      }
      perform(action);
    }
  }

  void perform(Action action) {
    if (action instanceof Action.Send send) {
      cluster.checker.sending(this, send);
      cluster.network.send(this, send.to(), send.message(), 0);
    } else if (action instanceof Action.Append append) {
      log.append(append.log());
    } else if (action instanceof Action.Force force) {
      log.force(force.log());
    } else if (action instanceof Action.SetTimer timer) {
      timers.start(timer);
    } else if (action instanceof Action.TellOwner tell) {
      cluster.owner().told(this, tell);
    } else if (action instanceof Action.ReportDamage) {
      cluster.checker.damageReported(this);
    } else if (action instanceof Action.Propose proposal) {
      propose(proposal);
    }
  }

  private void propose(Action.Propose proposal) {
    MajorityLog majority = cluster.majority;
    if (majority != null && proposal.log().equals(MajorityLog.NAME)) {
      if (proposal.outcome() == Outcome.ABORTED) {
        cluster.checker.cause(id() + " in doubt proposes to abort");
      }
      majority.propose(this, proposal.outcome());
    }
  }

  /** The replicated log has a first entry. */
  void agreed(Outcome first) {
    TransactionState known = known();
    if (known != null) {
      perform("agreed", ReplicatedOutcome.onAgreed(known, MajorityLog.NAME, first));
    }
    for (ProcessParticipant each : List.copyOf(inbox.asked)) {
      if (isRunning()) {
        perform(ReplicatedOutcome.answer(each, first));
      }
    }
    inbox.asked.clear();
  }

  /** One order to force is done. */
  void forced() {
    if (isRunning()) {
      log.completeForce()
          .filter(done -> state != null)
          .ifPresent(
              done -> perform("forced", EitherRole.onForced(Objects.requireNonNull(state), done)));
    }
  }

  /** The process dies; without power also the store, what was not forced, and all processes. */
  void crash(boolean power) {
    if (life == Life.DOWN) {
      return;
    }
    cluster.checker.cause(id() + (power ? " loses power" : " crashes"));
    life = Life.DOWN;
    timers.clear();
    inbox.asked.clear();
    cluster.network.forgetLocal(this);
    cluster.linksOf(this).forEach(link -> link.down(this, cluster.now));
    if (power) {
      losePower();
    } else {
      log.onProcessDied();
    }
  }

  private void losePower() {
    hadNoPower = true;
    cluster.checker.recordsLost(this, log.onPowerFailed(cluster.random));
    fence = Fence.OPEN;
    state = null;
    processes.forEach(each -> each.isAlive = false);
    cluster.owner().losePower(this);
  }

  void restart() {
    if (life == Life.DOWN) {
      incarnation++;
      life = Life.RECOVERING;
      cluster.checker.note(id() + " restarts");
    }
  }

  /** Store and log have been read. */
  void recover() {
    if (life != Life.RECOVERING) {
      return;
    }
    life = Life.RUNNING;
    if (hadNoPower) {
      hadNoPower = false;
      state = Recovery.replay(log.records()).orElse(null);
    }
    if (state != null) {
      perform("restarted", EitherRole.onRestarted(state));
    }
    cluster.linksOf(this).forEach(this::catchUp);
    List.copyOf(processes).forEach(SimulatedProcess::nodeIsBack);
    cluster.owner().nodeIsBack(this);
  }

  /** What it would have heard of a link if it had known its transactions. */
  private void catchUp(SimulatedLink link) {
    peers.lost(link.introducedTo(this));
    if (link.isUpAt(this)) {
      peers.back(link.introducedTo(this));
    }
  }
}
