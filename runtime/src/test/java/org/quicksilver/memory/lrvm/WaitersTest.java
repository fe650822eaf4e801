package org.quicksilver.memory.lrvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many callers and one writer; whoever is forgotten hangs. */
@Timeout(60)
final class WaitersTest {

  private static final int CALLERS = 16;
  private static final int CALLS = 2_000;

  private final Waiters waiters = new Waiters();
  private final AtomicLong asked = new AtomicLong();
  private final AtomicLong done = new AtomicLong();

  @Test
  void nobodyIsForgotten() throws InterruptedException {
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    CountDownLatch ended = new CountDownLatch(CALLERS);
    for (int i = 0; i < CALLERS; i++) {
      callers.execute(
          () -> {
            for (int call = 0; call < CALLS; call++) {
              long mine = asked.incrementAndGet();
              waiters.await(() -> done.get() >= mine);
            }
            ended.countDown();
          });
    }
    while (ended.getCount() > 0) {
      done.set(asked.get());
      waiters.progress();
      Thread.onSpinWait();
    }
    callers.shutdown();
    assertTrue(callers.awaitTermination(10, TimeUnit.SECONDS));
    assertEquals(CALLERS * CALLS, done.get());
  }

  @Test
  void oneProgressIsEnoughForAllThatIsDone() throws InterruptedException {
    for (int round = 0; round < 200; round++) {
      long last = asked.get() + CALLERS;
      Thread[] threads = new Thread[CALLERS];
      for (int i = 0; i < CALLERS; i++) {
        long mine = asked.incrementAndGet();
        threads[i] = new Thread(() -> waiters.await(() -> done.get() >= mine));
        threads[i].start();
      }
      for (Thread each : threads) {
        while (each.getState() != Thread.State.WAITING) {
          Thread.yield();
        }
      }
      done.set(last);
      waiters.progress();
      for (Thread each : threads) {
        each.join();
      }
    }
    assertEquals(200 * CALLERS, done.get());
  }
}
