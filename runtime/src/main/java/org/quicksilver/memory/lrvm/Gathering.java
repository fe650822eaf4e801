package org.quicksilver.memory.lrvm;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.quicksilver.thread.Spin;

/**
 * Counts who wants a force, so that the writer can wait for those of the last group to come again
 * before it forces the next. Else there are two halves: one comes while the other is being forced,
 * and each force serves one of them. Whoever stays away is not waited for the next time.
 *
 * <p>All but {@link #came} is for the writer alone.
 */
final class Gathering {

  /** Half a fast disk's force: who does nothing but commit is back by then. */
  private static final long SPIN_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

  /** So few take turns: while one is being forced the other comes. */
  private static final int FEW = 2;

  private final Spin spin = new Spin(SPIN_NANOS);
  private final AtomicLong came = new AtomicLong();
  private long taken;
  private long before;
  private long expected;

  /** One more; any thread's. */
  void came() {
    came.incrementAndGet();
  }

  /** Waits until most of those have come who are expected, if anybody has; not for long. */
  void await() {
    if (came.get() > taken && expected > FEW) {
      long most = taken + expected - expected / 8;
      spin.until(() -> came.get() >= most);
    }
  }

  /** Whoever has come goes into the group that is written next. */
  void take() {
    long now = came.get();
    if (now > taken) {
      before = taken;
      taken = now;
    }
  }

  /** The group is forced: it comes again, and is expected with those who came meanwhile. */
  void forced() {
    expected = came.get() - before;
  }
}
