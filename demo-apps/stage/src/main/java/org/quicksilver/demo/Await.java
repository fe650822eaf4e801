package org.quicksilver.demo;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Waits for conditions. Blocks the calling thread, looking again and again. */
final class Await {
  private Await() {}

  /**
   * Looks every {@code pause} until there is something to return.
   *
   * @param what the condition in words; {@code onTimeout} adds what was there instead
   * @throws DemoException if it has not come true after {@code atMost}
   */
  static <T> T until(
      Duration atMost,
      Duration pause,
      String what,
      Supplier<Optional<T>> probe,
      Supplier<String> onTimeout) {
    long start = System.nanoTime();
    while (true) {
      Optional<T> found = probe.get();
      if (found.isPresent()) {
        return found.get();
      }
      if (System.nanoTime() - start > atMost.toNanos()) {
        throw new DemoException(
            "waited " + atMost.toSeconds() + " s in vain until " + what + "; " + onTimeout.get());
      }
      pause(pause);
    }
  }

  private static void pause(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoException("interrupted");
    }
  }
}
