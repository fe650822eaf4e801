package org.quicksilver.agent.track;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * How much of its time one thread may spend on recording stacks where it opens files: a share of
 * all that has passed, saved up for a while. To walk a deep stack takes several times as long as to
 * open a file, and a program that does nothing else must not be slowed down by more than that. Its
 * own thread only.
 */
final class StackBudget {

  /** The share that is no limit. */
  static final int ALL = 100;

  /** Saved up at most: some thousands of stacks in a row. */
  private static final long MOST_NANOS = 10_000_000;

  /** A thread that loses the processor in the middle has not spent all that time. */
  private static final long LEAST_NANOS = -1_000_000;

  private long credit = MOST_NANOS;
  private long beganNanos = System.nanoTime();
  private @Nullable Throwable former;

  /** Weakly: a recorded stack keeps its classes alive. */
  private WeakReference<Throwable> last = new WeakReference<>(null);

  /**
   * Whether a stack may be recorded now. If so {@link #recorded} is called at once.
   *
   * @param share in percent
   * @param nowNanos see {@link System#nanoTime}
   */
  boolean affords(int share, long nowNanos) {
    credit = Math.min(MOST_NANOS, credit + (nowNanos - beganNanos) * share / 100);
    beganNanos = nowNanos;
    former = credit > 0 ? null : last.get();
    return former == null;
  }

  /** One was recorded since {@link #affords} said yes. */
  void recorded(Throwable stack, long nowNanos) {
    credit = Math.max(LEAST_NANOS, credit - (nowNanos - beganNanos));
    if (credit <= 0) {
      last = new WeakReference<>(stack);
    }
  }

  /** What stands for the stack that {@link #affords} did not want; null if it did. */
  @Nullable FormerStack takeFormer() {
    Throwable stack = former;
    former = null;
    return stack == null ? null : new FormerStack(stack);
  }
}
