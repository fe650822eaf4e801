package org.quicksilver.thread;

import java.util.function.BooleanSupplier;

/**
 * Waits awake for something that usually comes sooner than a sleeping thread could be woken. Each
 * time in a row that it does not come, the next waits are left to sleep, more of them: on a busy
 * machine, who burns time awake gets less of it when it counts. Safe for several threads, which may
 * miscount.
 */
public final class Spin {

  private static final int MOST_LEFT_OUT = 63;
  private static final boolean POSSIBLE = Runtime.getRuntime().availableProcessors() > 1;

  private final long nanos;
  private volatile int leftOut;
  private volatile int toLeaveOut;

  /** Waits no longer than that at a time, nanoseconds. */
  public Spin(long nanos) {
    this.nanos = nanos;
  }

  /**
   * Waits until it has come, or has not in time, or not at all; whoever calls looks what is so.
   *
   * @param come asked again and again by the calling thread
   */
  public void until(BooleanSupplier come) {
    int left = toLeaveOut;
    if (left > 0) {
      toLeaveOut = left - 1;
    } else if (POSSIBLE) {
      leftOut = spin(come) ? 0 : Math.min(MOST_LEFT_OUT, leftOut * 2 + 1);
      toLeaveOut = leftOut;
    }
  }

  private boolean spin(BooleanSupplier come) {
    long began = System.nanoTime();
    while (!come.getAsBoolean()) {
      if (System.nanoTime() - began > nanos) {
        return false;
      }
      Thread.onSpinWait();
    }
    return true;
  }
}
