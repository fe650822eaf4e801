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
  private final JvmTable jvms;

  OwnerWishes(
      long node,
      TransactionTable transactions,
      TransactionShell shell,
      OwnerNews news,
      JvmTable jvms) {
    this.node = node;
    this.transactions = transactions;
    this.shell = shell;
    this.news = news;
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
      shell.ownerCommits(tid);
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

  /** The new owner has to live on this node. */
  void transfer(int process, ProgramMessage.Transfer m) {
    TransactionId tid = m.transaction();
    TransactionState state = transactions.find(tid);
    String refusal = "";
    if (state == null || !(owns(process, state) || owns(m.process(), state))) {
      refusal = "only the owner of a transaction may make another process its owner";
    } else if (jvms.find(m.process()) == null) {
      refusal = "no process of this node has that incarnation";
    } else {
      shell.on(tid, "new owner", s -> Owners.onHanded(s, process, m.process()));
      TransactionState now = transactions.find(tid);
      if (now == null || now.ownership().localIncarnation() != m.process()) {
        refusal = "it is ending";
      } else {
        jvms.send(m.process(), new ProgramMessage.Owned(tid));
      }
    }
    jvms.send(process, new ProgramMessage.Handed(tid, true, refusal));
  }
}
