package org.quicksilver.log;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.quicksilver.thread.Spin;

/**
 * How the log's thread is called: at once, or when there has been time for more to come. Whoever
 * calls has said before, under the lock, what is to be done. Belongs to the thread that made it.
 */
final class Doorbell {

  /** What comes soon after a group finds the thread awake: waking it costs about as much. */
  private static final long SPIN_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

  /** How long a record that nobody forces stays in memory, at most, before it is written. */
  private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** What the thread is doing. */
  private enum Rest {
    /** It works, or is about to look. */
    NONE,
    /** It will look by itself. */
    NAP,
    /** It waits to be called. */
    SLEEP
  }

  private final Spin spin = new Spin(SPIN_NANOS);
  private final Thread owner = Thread.currentThread();
  private volatile boolean rung;
  private volatile boolean nudged;
  private volatile Rest rest = Rest.NONE;

  /** There is something to do now. */
  void ring() {
    rung = true;
    if (rest != Rest.NONE) {
      LockSupport.unpark(owner);
    }
  }

  /** There is something to do, but not now. */
  void nudge() {
    if (!nudged) {
      nudged = true;
      if (rest == Rest.SLEEP) {
        LockSupport.unpark(owner);
      }
    }
  }

  /** Waits to be called. */
  void await() {
    spin.until(() -> rung);
    long napBegan = 0;
    while (!rung) {
      if (!nudged) {
        sleep();
      } else {
        napBegan = napBegan == 0 ? System.nanoTime() : napBegan;
        long left = napBegan + NAP_NANOS - System.nanoTime();
        if (left <= 0) {
          break;
        }
        nap(left);
      }
    }
    rung = false;
    nudged = false;
  }

  private void sleep() {
    rest = Rest.SLEEP;
    if (!rung && !nudged) {
      LockSupport.park(this);
    }
    rest = Rest.NONE;
  }

  private void nap(long nanos) {
    rest = Rest.NAP;
    if (!rung) {
      LockSupport.parkNanos(this, nanos);
    }
    rest = Rest.NONE;
  }
}
