package org.quicksilver.memory.lrvm;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;

/**
 * Those who wait for room in the log, first come first served: a large one is not overtaken for
 * ever by small ones. Used under the lock its condition belongs to.
 */
final class Line {

  private final Condition moved;
  private final Deque<Object> waiting = new ArrayDeque<>();

  Line(Condition moved) {
    this.moved = moved;
  }

  /**
   * Waits for its turn and for what it needs.
   *
   * @param ready whether it may go; may throw, then it leaves the line
   * @param onWait called before each wait
   */
  void await(BooleanSupplier ready, Runnable onWait) {
    if (waiting.isEmpty() && ready.getAsBoolean()) {
      return;
    }
    Object self = new Object();
    waiting.add(self);
    try {
      while (waiting.peek() != self || !ready.getAsBoolean()) {
        onWait.run();
        moved.awaitUninterruptibly();
      }
    } finally {
      waiting.remove(self);
      moved.signalAll();
    }
  }

  /** Something has changed. */
  void move() {
    moved.signalAll();
  }
}
