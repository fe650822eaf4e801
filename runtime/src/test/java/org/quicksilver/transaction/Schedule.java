package org.quicksilver.transaction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One seed, from beginning to end: the same seed gives the same steps. */
record Schedule(long seed, Mutation mutation) {

  /** What came of it; null if nobody ever learned. */
  @Nullable Outcome run() {
    Cluster cluster = new Cluster(seed, mutation, false);
    play(cluster);
    return cluster.checker.truth();
  }

  /** The steps, up to the failure if there is one. */
  List<String> replay() {
    Cluster cluster = new Cluster(seed, mutation, true);
    try {
      play(cluster);
    } catch (AssertionError | RuntimeException failure) {
      cluster.checker.note(failure);
    }
    return cluster.checker.trace;
  }

  private static void play(Cluster cluster) {
    new Storm(cluster).rage();
    new Settlement(cluster).settle();
  }

  /** Fails with the seed, what is wrong, and every step that led to it. */
  @Nullable Outcome verify() {
    try {
      return run();
    } catch (AssertionError | RuntimeException failure) {
      throw new AssertionError(
          "seed " + seed + ": " + failure.getMessage() + "\n" + String.join("\n", replay()),
          failure);
    }
  }

  /** What is wrong; null if nothing is. */
  @Nullable String complaint() {
    try {
      run();
      return null;
    } catch (AssertionError | RuntimeException failure) {
      return String.valueOf(failure.getMessage());
    }
  }
}
