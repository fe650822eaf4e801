package org.quicksilver.node;

import java.util.List;
import org.quicksilver.comm.ProgramMessage;
import org.quicksilver.comm.ProgramMessage.Notice;
import org.quicksilver.transaction.DeathEffect;
import org.quicksilver.transaction.Message;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.Participant;
import org.quicksilver.transaction.ProcessParticipant;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.TransactionState;

/**
 * What programs that know of transactions say. Node thread only.
 *
 * <p>Source: transaction-manager.md, "Participation classes" and "Rules": the owner may commit or
 * abort, a participant may only abort.
 */
final class Programs {

  private final long node;
  private final TransactionTable transactions;
  private final TransactionShell shell;
  private final TakingPart takingPart;
  private final OwnerWishes owners;
  private final Aliases aliases;
  private final Memory memory;
  private final Bystanders bystanders;
  private final JvmTable jvms;
  private final Queues queues;

  Programs(
      long node,
      TransactionTable transactions,
      TransactionShell shell,
      TakingPart takingPart,
      OwnerWishes owners,
      Aliases aliases,
      Memory memory,
      Bystanders bystanders,
      JvmTable jvms,
      Queues queues) {
    this.node = node;
    this.transactions = transactions;
    this.shell = shell;
    this.takingPart = takingPart;
    this.owners = owners;
    this.aliases = aliases;
    this.memory = memory;
    this.bystanders = bystanders;
    this.jvms = jvms;
    this.queues = queues;
  }

  void onMessage(int process, ProgramMessage.ToNode message) {
    if (message instanceof ProgramMessage.Begin m) {
      begin(process, m);
    } else if (message instanceof ProgramMessage.Join m) {
      takingPart.before(
          m.transaction(),
          m.via(),
          refusal -> shell.join(m.transaction(), process, DeathEffect.FAIL));
    } else if (message instanceof ProgramMessage.Enlist m) {
      enlist(process, m);
    } else if (message instanceof ProgramMessage.Commit m) {
      queues.register(m.transaction(), m.parts());
      owners.commit(process, m);
    } else if (message instanceof ProgramMessage.Abort m) {
      owners.abort(process, m);
    } else if (message instanceof ProgramMessage.VoteCast m) {
      List<String> reasons = m.reason().isEmpty() ? List.of() : List.of(m.reason());
      shell.voted(
          m.transaction(),
          new ProcessParticipant(process, m.number()),
          new Message.VoteCast(m.vote(), m.round(), reasons));
    } else if (message instanceof ProgramMessage.Told m) {
      shell.acknowledged(m.transaction(), new ProcessParticipant(process, m.number()));
    } else if (message instanceof ProgramMessage.Fail m) {
      shell.participantAborts(
          m.transaction(), new ProcessParticipant(process, m.number()), m.reason());
    } else if (message instanceof ProgramMessage.Resume m) {
      resume(process, m);
    } else if (message instanceof ProgramMessage.Inquire m) {
      ProcessParticipant from = new ProcessParticipant(process, m.number());
      bystanders.onInquiry(m.transaction(), from, transactions.find(m.transaction()));
    } else if (message instanceof ProgramMessage.HandOver m) {
      owners.handOver(process, m);
    } else if (message instanceof ProgramMessage.Transfer m) {
      owners.transfer(process, m);
    } else if (message instanceof ProgramMessage.OfQueues m) {
      queues.onMessage(process, m.message());
    }
  }

  /**
   * The process takes part with its handles; that of others is not its to begin. One that was begun
   * before the store was lost has lost its participants, and is not begun without them.
   */
  private void begin(int process, ProgramMessage.Begin m) {
    TransactionId tid = m.transaction();
    boolean isIts = tid.node() == node && tid.incarnation() == process && tid.sequence() > 1;
    boolean isForgotten =
        m.again() && memory.isYoungerThan(process) && transactions.find(tid) == null;
    if (isIts && !isForgotten) {
      shell.begin(tid, process);
      shell.join(tid, process, DeathEffect.DROP);
    }
  }

  private void enlist(int process, ProgramMessage.Enlist m) {
    if (m.number() < 1) {
      enlisted(process, m, "a participant has a number from 1 on");
    } else {
      takingPart.before(m.transaction(), m.via(), refusal -> enlist(process, m, refusal));
    }
  }

  private void enlist(int process, ProgramMessage.Enlist m, String refusal) {
    ProcessParticipant id = new ProcessParticipant(process, m.number());
    if (!refusal.isEmpty()) {
      enlisted(process, m, refusal);
    } else if (transactions.find(m.transaction()) == null) {
      enlisted(process, m, "nobody knows transaction " + m.transaction());
    } else if (shell.join(
        m.transaction(), Participant.joining(id, m.participation(), m.onDeath()))) {
      enlisted(process, m, "");
    }
  }

  private void enlisted(int process, ProgramMessage.Enlist m, String refusal) {
    jvms.send(process, new ProgramMessage.Enlisted(m.transaction(), m.number(), refusal));
  }

  /**
   * A former life has voted: it is told what came of it, under its new name. While the outcome is
   * open there is no answer, and it asks again.
   */
  private void resume(int process, ProgramMessage.Resume m) {
    TransactionId tid = m.transaction();
    ProcessParticipant first = new ProcessParticipant(m.formerIncarnation(), m.formerNumber());
    ProcessParticipant now = new ProcessParticipant(process, m.number());
    ProcessParticipant former = aliases.find(tid, first);
    TransactionState state = transactions.find(tid);
    if (state == null) {
      tell(tid, now, Outcome.ABORTED);
    } else if (state.participants().containsKey(now)) {
      shell.reconnected(tid, now);
    } else {
      // Before the state: a name too many does no harm, one that is not known would never end.
      aliases.put(tid, first, now);
      boolean awaited = shell.reborn(tid, former, now) || shell.reborn(tid, first, now);
      if (!awaited && state.outcome() != null) {
        tell(tid, now, state.outcome());
      }
    }
  }

  private void tell(TransactionId tid, ProcessParticipant who, Outcome outcome) {
    Notice notice = Orders.notice(outcome);
    jvms.send(who.incarnation(), new ProgramMessage.Notify(tid, who.number(), notice, 0));
  }
}
