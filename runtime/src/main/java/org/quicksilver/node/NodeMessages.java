package org.quicksilver.node;

import java.util.List;
import org.quicksilver.comm.LinkMessage;
import org.quicksilver.comm.LinkMessage.Word;
import org.quicksilver.transaction.Action;
import org.quicksilver.transaction.CoordinatorMigration;
import org.quicksilver.transaction.EitherRole;
import org.quicksilver.transaction.Inbox;
import org.quicksilver.transaction.Message;
import org.quicksilver.transaction.NodeParticipant;
import org.quicksilver.transaction.Participant;
import org.quicksilver.transaction.ParticipantId;
import org.quicksilver.transaction.Readiness;
import org.quicksilver.transaction.Role;
import org.quicksilver.transaction.Step;
import org.quicksilver.transaction.SubordinateTransaction;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.TransactionState;
import org.quicksilver.transaction.UnknownTransaction;

/**
 * What other nodes say about transactions, and what becomes of the links to them, given to the
 * core. Node thread only; nothing comes before the node has recovered.
 *
 * <p>Source: transaction-manager.md, "Messages" and "Rules" (register before send).
 */
final class NodeMessages implements Neighbours.Listener {

  private final Neighbours neighbours;
  private final TransactionTable transactions;
  private final TransactionShell shell;
  private final TakingPart takingPart;
  private final TransactionTrees trees;
  private final Queues queues;
  private final RollCall roll;

  NodeMessages(
      Neighbours neighbours,
      TransactionTable transactions,
      TransactionShell shell,
      TakingPart takingPart,
      TransactionTrees trees,
      Queues queues,
      RollCall roll) {
    this.neighbours = neighbours;
    this.transactions = transactions;
    this.shell = shell;
    this.takingPart = takingPart;
    this.trees = trees;
    this.queues = queues;
    this.roll = roll;
  }

  @Override
  public void onWord(NodeParticipant from, Word word) {
    if (word instanceof LinkMessage.OfTransaction one) {
      onWord(from, one);
    } else if (word instanceof LinkMessage.OfQueues m) {
      queues.routing().onWord(from.node(), m.message());
    }
  }

  private void onWord(NodeParticipant from, LinkMessage.OfTransaction word) {
    TransactionId tid = word.transaction();
    if (word instanceof LinkMessage.About about) {
      onMessage(tid, from, about.message());
    } else if (word instanceof LinkMessage.TakePart part) {
      takingPart.beforeBelow(from.node(), part, refusal -> register(tid, from, refusal));
    } else if (word instanceof LinkMessage.Request request) {
      onRequest(tid, from, request.round());
      takingPart.done(tid);
    } else if (word instanceof LinkMessage.NoPart refused) {
      takingPart.refused(tid, refused.reason());
    } else if (word instanceof LinkMessage.Describe question) {
      trees.onDescribe(from, question);
    } else if (word instanceof LinkMessage.Described answer) {
      trees.onDescribed(from, answer);
    }
  }

  private void onMessage(TransactionId tid, NodeParticipant from, Message message) {
    TransactionState state = transactions.find(tid);
    if (state != null) {
      if (message instanceof Message.VoteRequest) {
        roll.call(state);
      }
      String event = message.getClass().getSimpleName() + " of " + from;
      shell.on(tid, event, s -> Inbox.onMessage(s, neighbours.self().node(), from, message));
    } else if (message instanceof Message.Inquire inquiry) {
      UnknownTransaction.onInquire(neighbours.self().node(), from, inquiry, Readiness.RECOVERED)
          .forEach(answer -> answer(tid, from, answer));
    } else {
      UnknownTransaction.onMessage(tid, from, message, Readiness.RECOVERED)
          .ifPresent(step -> shell.enter(tid, message + " of " + from, step));
    }
  }

  private void answer(TransactionId tid, NodeParticipant to, Action action) {
    if (action instanceof Action.Send send) {
      neighbours.send(to.node(), new LinkMessage.About(tid, send.message()));
    }
  }

  private void onRequest(TransactionId tid, NodeParticipant superior, int round) {
    if (transactions.find(tid) == null) {
      shell.enter(tid, "request of " + superior, SubordinateTransaction.begin(tid, superior));
    } else {
      shell.on(tid, "request of " + superior, s -> EitherRole.onRequest(s, superior, round));
    }
  }

  private void register(TransactionId tid, NodeParticipant to, String refusal) {
    if (refusal.isEmpty()) {
      register(tid, to);
    } else {
      neighbours.send(to.node(), new LinkMessage.NoPart(tid, refusal));
    }
  }

  /** Registers a subordinate, and only then lets the request go out. */
  private void register(TransactionId tid, NodeParticipant to) {
    Step step = shell.on(tid, "part of " + to, s -> EitherRole.onJoin(s, Participant.joining(to)));
    Participant joined = step == null ? null : step.state().participants().get(to);
    if (step == null || joined == null || step.refuses(to) || step.state().outcome() != null) {
      String reason = step == null ? "nobody knows it here" : "it is " + step.state().phase();
      neighbours.send(to.node(), new LinkMessage.NoPart(tid, reason));
      return;
    }
    neighbours.send(to.node(), new LinkMessage.Request(tid, joined.round()));
    neighbours
        .find(to.node())
        .ifPresent(
            peer ->
                shell.on(
                    tid,
                    "link with " + to,
                    s ->
                        CoordinatorMigration.onLinked(
                            s, to, neighbours.sturdiness(), peer.sturdiness())));
  }

  @Override
  public void onLost(NodeParticipant peer) {
    takingPart.lost(peer.node());
    queues.routing().onLost(peer.node());
    for (TransactionState state : transactions.active()) {
      for (NodeParticipant id : registered(state, peer)) {
        shell.on(state.tid(), "loss of " + id, s -> EitherRole.onSubordinateLost(s, id));
      }
      shell.on(state.tid(), "loss of " + peer, s -> EitherRole.onSuperiorLost(s, peer));
    }
  }

  @Override
  public void onLinked(NodeParticipant peer) {
    queues.routing().onLinked(peer.node());
    for (TransactionState state : transactions.active()) {
      for (NodeParticipant id : registered(state, peer)) {
        shell.on(state.tid(), "return of " + id, s -> EitherRole.onReborn(s, id, peer));
      }
      shell.on(state.tid(), "link with " + peer, s -> EitherRole.onReconnected(s, peer));
      shell.on(state.tid(), "link with " + peer, s -> EitherRole.onSuperiorReconnected(s, peer));
    }
  }

  /** This node has come back: it has no links yet, whatever its transactions say. */
  void restarted() {
    for (TransactionState state : transactions.active()) {
      for (ParticipantId id : state.participants().keySet()) {
        if (id instanceof NodeParticipant node) {
          shell.on(state.tid(), "restart", s -> EitherRole.onSubordinateLost(s, node));
        }
      }
      if (state.role() instanceof Role.Subordinate role) {
        shell.on(state.tid(), "restart", s -> EitherRole.onSuperiorLost(s, role.primary()));
      }
    }
  }

  private static List<NodeParticipant> registered(TransactionState state, NodeParticipant peer) {
    return state.participants().keySet().stream()
        .filter(NodeParticipant.class::isInstance)
        .map(NodeParticipant.class::cast)
        .filter(id -> id.node().equals(peer.node()))
        .toList();
  }
}
