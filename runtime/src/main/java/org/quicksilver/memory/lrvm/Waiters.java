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

  /** Who sleeps is woken by few, and wakes more: the writer has the next group to write. */
  private static final int AT_ONCE = 2;

  private static final class Waiter {
    final Thread thread = Thread.currentThread();
    final BooleanSupplier done;

    /** Set before it wakes others: whoever finds it unset may leave that to this one. */
    volatile boolean gone;

    Waiter(BooleanSupplier done) {
      this.done = done;
    }
  }

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
        sleep(new Waiter(done));
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
    waiter.gone = true;
    progress();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sees to it that all whose wait is over wake, one after the other. Does not wait for them. */
  void progress() {
    int woken = 0;
    for (int left = asleep.size(); left > 0 && woken < AT_ONCE; left--) {
      Waiter waiter = asleep.poll();
      if (waiter == null) {
        return;
      }
      if (!waiter.done.getAsBoolean()) {
        asleep.add(waiter);
      } else if (!waiter.gone) {
        LockSupport.unpark(waiter.thread);
        woken++;
      }
    }
  }
}
