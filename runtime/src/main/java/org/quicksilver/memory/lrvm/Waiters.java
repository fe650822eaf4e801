package org.quicksilver.memory.lrvm;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.quicksilver.thread.Spin;

/**
 * Those who wait for the writer. To be put to sleep and woken costs about half as much as a fast
 * disk's force; so one that waits alone stays awake that long. With many, the processors have other
 * things to do. Thread-safe.
 */
final class Waiters {

  /** About two forces of a fast disk; a slower one makes the cost of waking small. */
  private static final long SPIN_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

  private record Waiter(Thread thread, BooleanSupplier done) {}

  private final Spin spin = new Spin(SPIN_NANOS);
  private final AtomicInteger callers = new AtomicInteger();
  private final Queue<Waiter> asleep = new ConcurrentLinkedQueue<>();

  /** Waits, whether interrupted or not; an interrupt is kept for the caller to see. */
  void await(BooleanSupplier done) {
    boolean alone = callers.getAndIncrement() == 0;
    try {
      if (alone) {
        spin.until(() -> done.getAsBoolean() || callers.get() > 1);
      }
      if (!done.getAsBoolean()) {
        sleep(new Waiter(Thread.currentThread(), done));
      }
    } finally {
      callers.decrementAndGet();
    }
  }

  private void sleep(Waiter waiter) {
    boolean interrupted = false;
    asleep.add(waiter);
    while (!waiter.done.getAsBoolean()) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Wakes those whose wait is over. */
  void progress() {
    for (int left = asleep.size(); left > 0; left--) {
      Waiter waiter = asleep.poll();
      if (waiter == null) {
        return;
      }
      if (waiter.done.getAsBoolean()) {
        LockSupport.unpark(waiter.thread);
      } else {
        asleep.add(waiter);
      }
    }
  }
}
