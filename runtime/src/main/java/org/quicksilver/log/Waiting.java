package org.quicksilver.log;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.quicksilver.thread.Spin;

/**
 * How callers wait for a force. To be put to sleep and woken costs about half as much as a fast
 * disk's force; so one that waits alone stays awake that long. With many, the processors have other
 * things to do. Thread-safe.
 */
final class Waiting {

  /** About two forces of a fast disk; a slower one makes the cost of waking small. */
  private static final long SPIN_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

  private final Spin spin = new Spin(SPIN_NANOS);
  private final AtomicInteger callers = new AtomicInteger();

  /**
   * Waits, whether interrupted or not; an interrupt is kept for the caller to see.
   *
   * @throws IOException if the promise was broken by one
   */
  void await(CompletableFuture<Void> promise) throws IOException {
    boolean alone = callers.getAndIncrement() == 0;
    try {
      if (alone) {
        spin.until(() -> promise.isDone() || callers.get() > 1);
      }
      Promises.await(promise);
    } finally {
      callers.decrementAndGet();
    }
  }
}
