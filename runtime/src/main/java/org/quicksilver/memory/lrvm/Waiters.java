package org.quicksilver.memory.lrvm;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.quicksilver.thread.Spin;

/**
 * Those who wait for the writer. To be put to sleep and woken costs about half as much as a fast
 * disk's force; so whoever waits stays awake that long, and lets others run. With many that counts
 * most: to wake a group would take the writer longer than to force it. Thread-safe.
 */
final class Waiters {

  /** Two forces of a fast disk and what is between; a slower one makes the cost of waking small. */
  private static final long SPIN_NANOS = TimeUnit.MICROSECONDS.toNanos(400);

  private record Waiter(Thread thread, BooleanSupplier done) {}

  private final Spin spin = new Spin(SPIN_NANOS);
  private final Queue<Waiter> asleep = new ConcurrentLinkedQueue<>();

  /** Waits, whether interrupted or not; an interrupt is kept for the caller to see. */
  void await(BooleanSupplier done) {
    spin.until(done::getAsBoolean);
    if (!done.getAsBoolean()) {
      sleep(new Waiter(Thread.currentThread(), done));
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
