package org.quicksilver.thread;

/**
 * Waits awake for something that usually comes sooner than a sleeping thread could be woken, and
 * lets whoever else wants the processor have it. From the second time in a row that it does not
 * come, the next waits are left to sleep, more of them each time: on a busy machine, who burns time
 * awake gets less of it when it counts. Safe for several threads, which may miscount.
 */
public final class Spin {

  private static final int MOST_MISSED = 7;
  private static final boolean POSSIBLE = Runtime.getRuntime().availableProcessors() > 1;

  private final long nanos;
  private volatile int missed;
  private volatile int toLeaveOut;

  /** Whether it has come. */
  @FunctionalInterface
  public interface Condition<E extends Exception> {
    /** Asked again and again by the thread that waits; what it throws ends the wait. */
    boolean holds() throws E;
  }

  /** Waits no longer than that at a time, nanoseconds. */
  public Spin(long nanos) {
    this.nanos = nanos;
  }

  /**
   * Waits until it has come, or has not in time, or not at all; whoever calls looks what is so.
   *
   * @throws E whatever the condition throws
   */
  public <E extends Exception> void until(Condition<E> come) throws E {
    int left = toLeaveOut;
    if (left > 0) {
      toLeaveOut = left - 1;
    } else if (POSSIBLE) {
      missed = spin(come) ? 0 : Math.min(MOST_MISSED, missed + 1);
      toLeaveOut = Math.max(0, (1 << missed) / 2 - 1);
    }
  }

  /** Whether it came in time: who yielded to a busy machine may see it long after. */
  private <E extends Exception> boolean spin(Condition<E> come) throws E {
    long began = System.nanoTime();
    if (come.holds()) {
      return true;
    }
    do {
      if (System.nanoTime() - began > nanos) {
        return false;
      }
      Thread.yield();
    } while (!come.holds());
    return System.nanoTime() - began <= nanos;
  }
}
