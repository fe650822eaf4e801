package org.quicksilver.node;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.TransactionState;

/** Tells of each transaction once when it is decided. Node thread only. */
final class Decisions implements TransactionTable.Watcher {

  private BiConsumer<TransactionId, Outcome> told = (tid, outcome) -> {};

  void tell(BiConsumer<TransactionId, Outcome> who) {
    told = who;
  }

  @Override
  public void onFound(TransactionState state) {
    // Whoever goes on from the store looks for itself.
  }

  @Override
  public void onPut(
      @Nullable TransactionState before, TransactionState after, Milestones milestones) {
    Outcome outcome = after.outcome();
    if (outcome != null && (before == null || before.outcome() == null)) {
      told.accept(after.tid(), outcome);
    }
  }
}
