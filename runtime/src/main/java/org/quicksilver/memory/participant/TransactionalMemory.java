package org.quicksilver.memory.participant;

import org.quicksilver.Quicksilver;
import org.quicksilver.Transaction;
import org.quicksilver.TransactionAbortedException;
import org.quicksilver.memory.Durability;
import org.quicksilver.memory.PreparedTransaction;
import org.quicksilver.memory.RecoverableMemory;
import org.quicksilver.memory.RestoreMode;
import org.quicksilver.transaction.DeathEffect;
import org.quicksilver.transaction.ParticipationClass;

/**
 * A recoverable memory that takes part in transactions of the transaction manager, in two phases:
 * what is changed in several memories, on several nodes, is committed in all of them or in none.
 * Thread-safe.
 *
 * <p>What the vote survives is what the memory survives: {@link #durability}. A memory of {@link
 * Durability#PROCESS_CRASH} keeps its promise when this process dies, not when the machine does.
 *
 * <p>Source: recoverable-memory.md, "prepare"; transaction-manager.md, "Participation classes".
 */
public final class TransactionalMemory {

  private final RecoverableMemory memory;
  private final Quicksilver quicksilver;

  private TransactionalMemory(RecoverableMemory memory, Quicksilver quicksilver) {
    this.memory = memory;
    this.quicksilver = quicksilver;
  }

  /**
   * Takes up what a former life of this process has promised for this memory: each of its prepared
   * transactions is ended as was decided, now or as soon as that is known. Once for each memory; it
   * and the connection stay the caller's to close.
   */
  public static TransactionalMemory open(RecoverableMemory memory, Quicksilver quicksilver) {
    for (PreparedTransaction prepared : memory.prepared()) {
      PromiseName.parse(prepared.name())
          .ifPresent(
              name ->
                  quicksilver.resume(
                      name.transaction(),
                      name.incarnation(),
                      name.number(),
                      new ResumedParticipant(prepared)));
    }
    return new TransactionalMemory(memory, quicksilver);
  }

  /**
   * Has the memory take part; if this process dies before it has voted the transaction fails.
   *
   * @return where to declare what is going to be changed
   * @throws TransactionAbortedException if it comes too late
   */
  public MemoryEnlistment enlist(Transaction transaction)
      throws TransactionAbortedException, InterruptedException {
    MemoryEnlistment enlistment =
        new MemoryEnlistment(
            memory.beginTransaction(RestoreMode.RESTORE), quicksilver.incarnation());
    boolean enlisted = false;
    try {
      enlistment.number(
          transaction.enlist(enlistment, ParticipationClass.TWO_PHASE, DeathEffect.FAIL));
      enlisted = true;
    } finally {
      if (!enlisted) {
        enlistment.aborted(transaction.id());
      }
    }
    return enlistment;
  }

  /** The worst that its vote survives. */
  public Durability durability() {
    return memory.durability();
  }
}
