package org.quicksilver.benchmark;

import java.util.List;
import java.util.stream.IntStream;
import org.quicksilver.local.LocalManager;
import org.quicksilver.local.LocalParticipant;
import org.quicksilver.local.LocalTransaction;
import org.quicksilver.transaction.NodeId;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.ParticipationClass;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.Vote;

/** What a transaction that is not over takes of the heap. */
final class LiveTransactions {

  private LiveTransactions() {}

  /** Bytes of each, its two participants' records and its place in the tables included. */
  static double bytesEach(int live) {
    LocalParticipant idle = new Idle();
    LocalManager manager = new LocalManager(new NodeId(1), 1);
    long before = used();
    List<LocalTransaction> all =
        IntStream.range(0, live).mapToObj(i -> begin(manager, idle)).toList();
    double each = (double) (used() - before) / live;
    all.forEach(transaction -> transaction.abort("measured"));
    return each;
  }

  private static LocalTransaction begin(LocalManager manager, LocalParticipant idle) {
    LocalTransaction transaction = manager.begin();
    transaction.join(1, ParticipationClass.TWO_PHASE, idle);
    transaction.join(2, ParticipationClass.TWO_PHASE, idle);
    return transaction;
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      runtime.gc();
      used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
    }
    return used;
  }

  private static final class Idle implements LocalParticipant {
    @Override
    public Vote vote(TransactionId tid) {
      return Vote.VOLATILE;
    }

    @Override
    public void ended(TransactionId tid, Outcome outcome) {}
  }
}
