package org.quicksilver.memory.lrvm;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.quicksilver.thread.Spin;

/** How the writer is called. Whoever rings has said before what is to be done. */
final class Doorbell {

  /** What comes soon after a group finds the thread awake: waking it costs about as much. */
  private static final long SPIN_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

  private final Spin spin = new Spin(SPIN_NANOS);
  private volatile @Nullable Thread owner;
  private volatile boolean rung;
  private volatile boolean asleep;

  void ring() {
    rung = true;
    if (asleep) {
      LockSupport.unpark(owner);
    }
  }

  /** Waits to be called; for one thread, which cannot be interrupted. */
  void await() {
    owner = Thread.currentThread();
    spin.until(() -> rung);
    while (!rung) {
      asleep = true;
      if (!rung) {
        LockSupport.park(this);
      }
      asleep = false;
    }
    rung = false;
  }
}
