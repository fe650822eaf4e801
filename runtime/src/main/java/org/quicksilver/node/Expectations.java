package org.quicksilver.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.TransactionState;

/** Commands that wait until a transaction is as far as they want it. Node thread only. */
final class Expectations implements TransactionTable.Watcher {

  private record Waiting(
      Predicate<TransactionState> condition, CompletableFuture<TransactionState> met) {}

  private final NodeThread thread;
  private final Map<TransactionId, List<Waiting>> waiting = new HashMap<>();

  Expectations(NodeThread thread) {
    this.thread = thread;
  }

  /**
   * Completed, on the node's thread, with the first state from now on that meets a condition, or
   * after that long with the state as it is then.
   */
  CompletableFuture<TransactionState> next(
      TransactionTable table,
      TransactionId tid,
      Predicate<TransactionState> condition,
      Duration patience) {
    Waiting each = new Waiting(condition, new CompletableFuture<>());
    waiting.computeIfAbsent(tid, key -> new ArrayList<>()).add(each);
    thread.after(patience, "expectation of " + tid, () -> giveUp(table, tid, each));
    return each.met();
  }

  private void giveUp(TransactionTable table, TransactionId tid, Waiting each) {
    forget(tid, each);
    TransactionState state = table.find(tid);
    if (state == null) {
      each.met().completeExceptionally(new IllegalStateException(tid + " is forgotten"));
    } else {
      each.met().complete(state);
    }
  }

  private void forget(TransactionId tid, Waiting each) {
    waiting.computeIfPresent(
        tid,
        (key, all) -> {
          all.remove(each);
          return all.isEmpty() ? null : all;
        });
  }

  @Override
  public void onFound(TransactionState state) {
    // Nobody can be waiting yet.
  }

  @Override
  public void onPut(
      @Nullable TransactionState before, TransactionState after, Milestones milestones) {
    List<Waiting> those = waiting.get(after.tid());
    if (those != null) {
      for (Waiting each : List.copyOf(those)) {
        if (each.condition().test(after)) {
          forget(after.tid(), each);
          each.met().complete(after);
        }
      }
    }
  }
}
