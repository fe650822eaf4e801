package org.quicksilver.agent.track;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * How much of its time one thread may spend on recording stacks in vain, of files that are closed
 * before it opens the next: a share of all that has passed, saved up for a while. To walk a deep
 * stack takes several times as long as to open a file, and a program that does nothing else must
 * not be slowed down by more than that. As long as files stay open each has its own. Its own thread
 * only.
 */
final class StackBudget {

  /** The share that is no limit. */
  static final int ALL = 100;

  /**
   * Once, for the beginning: tens of thousands of stacks, or thousands before they are compiled.
   */
  private static final long FIRST_NANOS = 100_000_000;

  /** Saved up at most: some hundreds of deep stacks in a row, or thousands of others. */
  private static final long MOST_NANOS = 3_000_000;

  /** A thread that loses the processor in the middle has not spent all that time. */
  private static final long LEAST_NANOS = -1_000_000;

  private long credit = FIRST_NANOS;
  private long beganNanos = System.nanoTime();
  private @Nullable Throwable former;
  private int descriptor = -1;
  private int generation;

  /** Weakly: a recorded stack keeps its classes alive. */
  private WeakReference<Throwable> last = new WeakReference<>(null);

  /**
   * Whether a stack may be recorded now. If so {@link #recorded} is called at once.
   *
   * @param share in percent
   * @param nowNanos see {@link System#nanoTime}
   */
  boolean affords(int share, long nowNanos) {
    if (credit < MOST_NANOS) {
      credit = Math.min(MOST_NANOS, credit + (nowNanos - beganNanos) * share / 100);
    }
    beganNanos = nowNanos;
    former = credit > 0 ? null : last.get();
    return former == null;
  }

  /** Whether the last file is open: then its stack was not recorded in vain, nor will the next. */
  boolean isLastOpen(Handles handles) {
    Handle handle = handles.get(descriptor);
    return handle != null && handle.generation() == generation;
  }

  /** A file was opened, with a stack of its own or without; null if it is not recorded. */
  void opened(@Nullable Handle handle) {
    descriptor = handle == null ? -1 : handle.descriptor;
    generation = handle == null ? 0 : handle.generation();
  }

  /** One was recorded since {@link #affords} was asked. */
  void recorded(Throwable stack, long nowNanos) {
    former = null;
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
