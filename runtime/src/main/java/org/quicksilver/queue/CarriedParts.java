package org.quicksilver.queue;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.quicksilver.QueuePort;
import org.quicksilver.transaction.TransactionId;

/**
 * Transactions that this process works for and is not registered for: the completions say that it
 * took part, and the owner says so to the node when it commits. If that takes longer, or a client
 * dies, this process registers itself. So a transaction that is over soon costs no message for
 * registering, and nobody who worked for one is ever forgotten. Thread-safe.
 */
final class CarriedParts {

  /** Longer than a node remembers that a transaction was committed. */
  private static final long FORGOTTEN_NANOS = TimeUnit.MINUTES.toNanos(2);

  private static final long PAUSE_MILLIS = 25;

  private final QueuePort port;
  private final ScheduledExecutorService timer;
  private final AtomicBoolean isWatching = new AtomicBoolean();
  private final Map<TransactionId, Part> parts = new ConcurrentHashMap<>();

  private final long patienceNanos;

  private record Part(long sinceNanos, boolean registered) {}

  /**
   * Knows of none.
   *
   * @param patience too small: a message for every transaction; too large: people see the tree grow
   *     late
   */
  CarriedParts(QueuePort port, Duration patience, ScheduledExecutorService timer) {
    this.port = port;
    this.timer = timer;
    this.patienceNanos = patience.toNanos();
  }

  void add(TransactionId transaction) {
    if (!parts.containsKey(transaction)) {
      parts.putIfAbsent(transaction, new Part(System.nanoTime(), false));
      watch();
    }
  }

  /** A process that works for nobody does not wake for them. */
  private void watch() {
    if (isWatching.compareAndSet(false, true)) {
      timer.schedule(this::look, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void look() {
    isWatching.set(false);
    registerOld();
    if (parts.values().stream().anyMatch(part -> !part.registered())) {
      watch();
    }
  }

  /** It has ended, and the node knows that this process took part. */
  void forget(TransactionId transaction) {
    parts.remove(transaction);
  }

  /** Registers this process for those that go on for long, and forgets those long over. */
  void registerOld() {
    long nowNanos = System.nanoTime();
    parts.forEach(
        (transaction, part) -> {
          long age = nowNanos - part.sinceNanos();
          if (part.registered() && age > FORGOTTEN_NANOS) {
            parts.remove(transaction, part);
          } else if (!part.registered() && age > patienceNanos) {
            register(transaction, part);
          }
        });
  }

  private void register(TransactionId transaction, Part part) {
    if (parts.replace(transaction, part, new Part(part.sinceNanos(), true))) {
      port.join(transaction, 0);
    }
  }

  /** Whoever would have said that this process took part is dead. */
  void registerAll() {
    parts.forEach(
        (transaction, part) -> {
          if (!part.registered()) {
            register(transaction, part);
          }
        });
  }
}
