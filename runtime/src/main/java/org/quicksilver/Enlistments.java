package org.quicksilver;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.quicksilver.comm.ProgramMessage;
import org.quicksilver.comm.ProgramMessage.Notice;
import org.quicksilver.transaction.TransactionId;

/**
 * The participants of this process that have not ended, by their numbers, which are never used
 * again. Thread-safe.
 */
final class Enlistments {

  private final Executor executor;
  private final Consumer<ProgramMessage.ToNode> node;
  private final Map<Integer, Enlistment> open = new ConcurrentSkipListMap<>();
  private final AtomicInteger last = new AtomicInteger();

  Enlistments(Executor executor, Consumer<ProgramMessage.ToNode> node) {
    this.executor = executor;
    this.node = node;
  }

  int nextNumber() {
    return last.incrementAndGet();
  }

  /** Known until it has ended; nothing is said yet. */
  Enlistment add(
      int number,
      TransactionId transaction,
      Participant participant,
      ProgramMessage.ToNode request) {
    Enlistment enlistment =
        new Enlistment(transaction, number, request, participant, executor, node);
    open.put(number, enlistment);
    enlistment.ended().thenRun(() -> open.remove(number));
    return enlistment;
  }

  /** Says again what has not been answered. */
  void sayAgain() {
    open.values().forEach(Enlistment::sayAgain);
  }

  void answered(ProgramMessage.Enlisted answer) {
    find(answer.number()).ifPresent(each -> each.answered(answer.refusal()));
  }

  private Optional<Enlistment> find(int number) {
    return Optional.ofNullable(open.get(number));
  }

  /** One that has ended says so again: its answer was lost. */
  void told(ProgramMessage.Notify m) {
    Optional<Enlistment> enlistment = find(m.number());
    if (enlistment.isPresent()) {
      enlistment.get().notice(m.notice(), m.round());
    } else if (m.notice() != Notice.VOTE) {
      node.accept(new ProgramMessage.Told(m.transaction(), m.number()));
    }
  }

  /** Waits until all have been told what became of their transactions, or that long. */
  void awaitEnds(Duration most) {
    CompletableFuture<?>[] ends =
        open.values().stream().map(Enlistment::ended).toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(ends).get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // They take part in something that goes on elsewhere: for them this process is leaving.
    }
  }
}
