package org.quicksilver.node;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.quicksilver.comm.ProgramMessage;
import org.quicksilver.transaction.CoordinatorMigration;
import org.quicksilver.transaction.NodeId;
import org.quicksilver.transaction.NodeParticipant;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.Owners;
import org.quicksilver.transaction.OwnershipTransfer;
import org.quicksilver.transaction.ParticipantId;
import org.quicksilver.transaction.ProcessParticipant;
import org.quicksilver.transaction.Role;
import org.quicksilver.transaction.Step;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.TransactionState;

/**
 * What owners ask for: the end of their transactions, another coordinator, another owner. Node
 * thread only.
 *
 * <p>Source: transaction-manager.md, "Rules" (the owner may commit or abort, a participant may only
 * abort; ownership can be handed to another process, the coordinator's role to another node).
 */
final class OwnerWishes {

  private static final String UNKNOWN = "nobody knows the transaction, so it was aborted";

  private final long node;
  private final TransactionTable transactions;
  private final TransactionShell shell;
  private final OwnerNews news;
  private final Neighbours neighbours;
  private final JvmTable jvms;

  OwnerWishes(
      long node,
      TransactionTable transactions,
      TransactionShell shell,
      OwnerNews news,
      Neighbours neighbours,
      JvmTable jvms) {
    this.node = node;
    this.transactions = transactions;
    this.shell = shell;
    this.news = news;
    this.neighbours = neighbours;
    this.jvms = jvms;
  }

  void commit(int process, ProgramMessage.Commit m) {
    TransactionId tid = m.transaction();
    TransactionState state = transactions.find(tid);
    if (state == null) {
      tellUnknown(process, tid);
    } else if (!owns(process, state)) {
      news.refused(tid, process, "only the owner of a transaction may commit it");
    } else if (m.openRequests() > 0 && state.outcome() == null) {
      news.refused(
          tid,
          process,
          m.openRequests() + " requests are open: await or cancel them, then commit again");
    } else {
      news.expect(tid);
      shell.ownerCommits(tid, process);
      tellOutcome(process, state);
    }
  }

  /** What was rebuilt from the log does not know whom to tell. */
  private void tellOutcome(int process, TransactionState state) {
    if (state.ownership().localIncarnation() == 0 && state.outcome() != null) {
      news.decided(state.tid(), process, state.outcome(), state.failures());
    }
  }

  /** The log keeps no owner; then it is the process that began it. */
  private boolean owns(int process, TransactionState state) {
    int owner = state.ownership().localIncarnation();
    boolean began = state.tid().node() == node && state.tid().incarnation() == process;
    return owner == process || (owner == 0 && began && state.outcome() != null);
  }

  private void tellUnknown(int process, TransactionId tid) {
    jvms.send(process, new ProgramMessage.Decided(tid, Outcome.ABORTED, List.of(UNKNOWN)));
  }

  void abort(int process, ProgramMessage.Abort m) {
    TransactionState state = transactions.find(m.transaction());
    if (state == null) {
      tellUnknown(process, m.transaction());
    } else if (owns(process, state)) {
      news.expect(m.transaction());
      shell.ownerAborts(m.transaction(), m.reason());
      tellOutcome(process, state);
    } else {
      participants(state, process)
          .findFirst()
          .ifPresent(each -> shell.participantAborts(m.transaction(), each, m.reason()));
    }
  }

  private static Stream<ProcessParticipant> participants(TransactionState state, int process) {
    return state.participants().keySet().stream()
        .filter(id -> id instanceof ProcessParticipant each && each.isOf(process))
        .map(ProcessParticipant.class::cast);
  }

  /** Answered when the other node has taken the role, or has not. */
  void handOver(int process, ProgramMessage.HandOver m) {
    TransactionId tid = m.transaction();
    TransactionState state = transactions.find(tid);
    NodeParticipant to = subordinate(state, m.node());
    if (state == null || !owns(process, state)) {
      handed(process, tid, "only the owner of a transaction may hand its coordination over");
    } else if (state.role() instanceof Role.Subordinate) {
      answerAgain(process, state, new NodeId(m.node()));
    } else if (to == null) {
      handed(process, tid, "node " + new NodeId(m.node()) + " takes no direct part in it");
    } else {
      Step step = shell.on(tid, "hand-over to " + to, s -> CoordinatorMigration.handOver(s, to));
      if (step != null && !step.state().ownership().awaitsTaken()) {
        handed(process, tid, "it is " + step.state().phase() + ", or " + to + " is out of reach");
      }
    }
  }

  private void answerAgain(int process, TransactionState state, NodeId to) {
    if (!state.ownership().awaitsTaken()) {
      boolean there = state.subordinate().primary().node().equals(to);
      handed(process, state.tid(), there ? "" : "another node coordinates it already");
    }
  }

  private void handed(int process, TransactionId tid, String refusal) {
    jvms.send(process, new ProgramMessage.Handed(tid, false, refusal));
  }

  private static @Nullable NodeParticipant subordinate(
      @Nullable TransactionState state, long node) {
    if (state != null) {
      for (ParticipantId id : state.participants().keySet()) {
        if (id instanceof NodeParticipant each && each.node().value() == node) {
          return each;
        }
      }
    }
    return null;
  }

  /** The new owner lives on this node, or on a neighbour of it in the tree. */
  void transfer(int process, ProgramMessage.Transfer m) {
    TransactionId tid = m.transaction();
    TransactionState state = transactions.find(tid);
    if (state != null && isGone(state, m)) {
      transferred(process, tid, "");
    } else if (state == null || !owns(process, state)) {
      transferred(
          process, tid, "only the owner of a transaction may make another process its owner");
    } else if (m.node() != node) {
      transferAway(process, tid, m);
    } else if (jvms.find(m.process()) == null) {
      transferred(process, tid, "no process of this node has that incarnation");
    } else {
      shell.on(tid, "new owner", s -> Owners.onHanded(s, process, m.process()));
      TransactionState now = transactions.find(tid);
      boolean isThere = now != null && now.ownership().localIncarnation() == m.process();
      transferred(process, tid, isThere ? "" : "it is ending");
    }
  }

  /** The wish is repeated: the answer was lost. */
  private boolean isGone(TransactionState state, ProgramMessage.Transfer m) {
    ParticipantId owner = state.ownership().owner();
    if (m.node() == node) {
      return state.ownership().localIncarnation() == m.process();
    }
    boolean isAbove =
        owner == null
            && state.role() instanceof Role.Subordinate role
            && role.primary().node().value() == m.node();
    return isAbove || owner instanceof NodeParticipant below && below.node().value() == m.node();
  }

  private void transferAway(int process, TransactionId tid, ProgramMessage.Transfer m) {
    NodeId other = new NodeId(m.node());
    NodeParticipant to = neighbours.find(other).map(Neighbour::id).orElse(null);
    if (to == null) {
      transferred(process, tid, "there is no link to node " + other);
      return;
    }
    Step step =
        shell.on(
            tid, "new owner on " + to, s -> OwnershipTransfer.hand(s, process, to, m.process()));
    if (step != null && step.state().ownership().goesTo() == null) {
      transferred(process, tid, "it is ending, or " + to + " is no neighbour in its tree");
    }
  }

  private void transferred(int process, TransactionId tid, String refusal) {
    jvms.send(process, new ProgramMessage.Handed(tid, true, refusal));
  }
}
