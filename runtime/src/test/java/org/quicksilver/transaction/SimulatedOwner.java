package org.quicksilver.transaction;

import org.jspecify.annotations.Nullable;

/** The process that owns the transaction: at first on the node where it began. */
final class SimulatedOwner {
  private enum Wish {
    NONE,
    COMMIT,
    ABORT
  }

  private final Cluster cluster;
  private SimulatedNode node;
  private @Nullable SimulatedNode nextNode;
  private int next;
  private int incarnation;
  private Wish wish = Wish.NONE;
  private boolean isAlive = true;
  private @Nullable Outcome told;

  SimulatedOwner(Cluster cluster, SimulatedNode node) {
    this.cluster = cluster;
    this.node = node;
    incarnation = cluster.nextProcess().incarnation();
  }

  void begin() {
    node.perform(
        "begin",
        cluster.majority == null
            ? RootTransaction.begin(cluster.tid, incarnation)
            : RootTransaction.begin(cluster.tid, incarnation, MajorityLog.NAME));
  }

  void openRequest() {
    TransactionState state = node.known();
    if (isAlive && state != null) {
      node.perform("request opened", Owners.onRequestOpened(state, 1));
    }
  }

  void closeRequest() {
    TransactionState state = node.known();
    if (isAlive && state != null) {
      node.perform("request closed", Owners.onRequestClosed(state, 1));
    }
  }

  void commit() {
    if (isAlive) {
      wish = Wish.COMMIT;
      ask();
    }
  }

  void abort() {
    if (isAlive) {
      cluster.checker.cause("owner aborts");
      wish = Wish.ABORT;
      ask();
    }
  }

  private void ask() {
    TransactionState state = node.known();
    if (state == null || wish == Wish.NONE) {
      return;
    }
    if (wish == Wish.COMMIT) {
      node.perform("owner commits", Owners.onCommits(state, incarnation));
    } else {
      node.perform("owner aborts", Owners.onAborts(state, "changed its mind"));
    }
  }

  /** Another process becomes the owner; what the former one does is of no account then. */
  void hand() {
    TransactionState state = node.known();
    if (isAlive && state != null && wish == Wish.NONE && isActive(state)) {
      int former = incarnation;
      int candidate = cluster.nextProcess().incarnation();
      Step step = Owners.onHanded(state, former, candidate);
      incarnation = step.state() == state ? former : candidate;
      node.perform("ownership handed", step);
      if (node.isRunning() && incarnation == candidate) {
        TransactionState now = cluster.stateOf(node);
        node.perform("former owner died", Owners.onDied(now, former));
      }
    }
  }

  /** A process of a neighbouring node is to become the owner. */
  void handAbroad(SimulatedNode to) {
    TransactionState state = node.known();
    SimulatedLink link = cluster.link(node, to);
    if (isAlive && state != null && wish == Wish.NONE && link != null && link.isUpAt(node)) {
      int candidate = cluster.nextProcess().incarnation();
      Step step = OwnershipTransfer.hand(state, incarnation, link.introducedTo(node), candidate);
      if (!step.actions().isEmpty()) {
        next = candidate;
        nextNode = to;
      }
      node.perform("ownership goes", step);
    }
  }

  /** From the step on in which the other node takes it, its process is the owner. */
  void stepped(SimulatedNode at, TransactionState after) {
    if (at == nextNode && after.ownership().localIncarnation() == next) {
      node = at;
      incarnation = next;
      nextNode = null;
      isAlive = true;
      wish = Wish.NONE;
      told = null;
    }
  }

  private static boolean isActive(TransactionState state) {
    return state.phase() == RootPhase.ACTIVE || state.phase() == SubordinatePhase.ACTIVE;
  }

  void die() {
    if (isAlive) {
      cluster.checker.cause("owner died");
      isAlive = false;
      reportDeath();
    }
  }

  private void reportDeath() {
    TransactionState state = node.known();
    if (state != null) {
      node.perform("owner died", Owners.onDied(state, incarnation));
    }
  }

  void losePower(SimulatedNode dark) {
    isAlive &= dark != node;
  }

  void nodeIsBack(SimulatedNode back) {
    if (back == node && isAlive) {
      ask();
    } else if (back == node) {
      reportDeath();
    }
  }

  /** It has waited long enough for an answer, asks again if it lives, or dies if it never asked. */
  void insist() {
    if (wish == Wish.NONE) {
      die();
    } else if (isAlive) {
      closeRequest();
      ask();
    } else {
      reportDeath();
    }
  }

  void told(SimulatedNode by, Action.TellOwner tell) {
    if (isAlive && tell.ownerIncarnation() == incarnation) {
      told = tell.outcome();
      cluster.checker.ownerTold(by, tell.outcome());
    }
  }

  boolean waitsForAnswer() {
    return isAlive && wish != Wish.NONE && told == null;
  }
}
