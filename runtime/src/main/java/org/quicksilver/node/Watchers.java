package org.quicksilver.node;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.quicksilver.transaction.TransactionState;

/**
 * Several that watch the table, told in their order.
 *
 * @param each who
 */
record Watchers(List<TransactionTable.Watcher> each) implements TransactionTable.Watcher {

  /** Copies the list. */
  Watchers {
    each = List.copyOf(each);
  }

  @Override
  public void onFound(TransactionState state) {
    each.forEach(one -> one.onFound(state));
  }

  @Override
  public void onPut(
      @Nullable TransactionState before, TransactionState after, Milestones milestones) {
    each.forEach(one -> one.onPut(before, after, milestones));
  }
}
