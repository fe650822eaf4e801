package org.quicksilver.agent.link;

import java.time.Duration;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The agent's one working thread: a queue, a timer, and a duty done at intervals. Not an executor
 * of the JDK: those are instrumented, and class-loading heavier than this.
 *
 * <p>{@link #execute} may be called by any thread holding anything; it never waits. A task that
 * throws is reported and the thread goes on.
 */
public final class Worker {

  private record Timed(long dueNanos, long order, Runnable task) implements Comparable<Timed> {
    @Override
    public int compareTo(Timed other) {
      int byTime = Long.compare(dueNanos - other.dueNanos, 0);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final ConcurrentLinkedQueue<Runnable> queue = new ConcurrentLinkedQueue<>();
  private final PriorityQueue<Timed> timers = new PriorityQueue<>();
  private final AgentLog log;
  private volatile boolean parked;
  private volatile Thread thread = Thread.currentThread();
  private long order;

  /** Faults of tasks go to the log. */
  public Worker(AgentLog log) {
    this.log = log;
  }

  /** Runs a task soon, after those before it. */
  public void execute(Runnable task) {
    queue.add(task);
    if (parked) {
      LockSupport.unpark(thread);
    }
  }

  /** Runs a task after a delay. */
  public void executeAfter(Duration delay, Runnable task) {
    long due = System.nanoTime() + delay.toNanos();
    execute(() -> timers.add(new Timed(due, order++, task)));
  }

  /** The thread's life; never returns. Called on the thread itself, marked as our own. */
  void run() {
    thread = Thread.currentThread();
    while (true) {
      Runnable task = queue.poll();
      if (task == null) {
        task = due();
      }
      if (task == null) {
        park();
      } else {
        runGuarded(task);
      }
    }
  }

  private @Nullable Runnable due() {
    Timed first = timers.peek();
    return first != null && first.dueNanos - System.nanoTime() <= 0 ? timers.remove().task : null;
  }

  private void park() {
    parked = true;
    if (queue.isEmpty()) {
      Timed first = timers.peek();
      if (first == null) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, Math.max(1, first.dueNanos - System.nanoTime()));
      }
    }
    parked = false;
  }

  private void runGuarded(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      log.fault("worker", e);
    }
  }
}
