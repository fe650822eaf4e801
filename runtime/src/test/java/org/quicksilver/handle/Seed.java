package org.quicksilver.handle;

import java.util.Random;

/**
 * One run of a random test: a failure names its seed, and {@code -Dquicksilver.seed=N} runs it
 * again.
 */
public final class Seed {

  /** What is run. */
  public interface Body {
    /** Draws everything random from the argument. */
    void run(Random random) throws Exception;
  }

  private Seed() {}

  /** Runs it once, with a new seed or the one that is asked for. */
  public static void run(Body body) {
    long seed = Long.getLong("quicksilver.seed", System.nanoTime());
    try {
      body.run(new Random(seed));
    } catch (Exception | AssertionError failure) {
      throw new AssertionError("seed " + seed + ": " + failure, failure);
    }
  }
}
