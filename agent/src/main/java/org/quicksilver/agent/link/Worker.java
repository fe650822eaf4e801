package org.quicksilver.agent.link;

import java.time.Duration;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The agent's one working thread: a queue, a timer, and a duty done at intervals. Not an executor
 * of the JDK: those are instrumented, and class-loading heavier than this.
 *
 * <p>{@link #execute} may be called by any thread holding anything; it never waits. A task that
 * throws is reported and the thread goes on.
 */
public final class Worker implements Runnable {

  /**
   * A task with its time. One that is done again and again is the same object each time: repeating
   * it takes no memory, of which there may be none.
   */
  private class Timed implements Comparable<Timed>, Runnable {
    final Runnable task;
    private final long everyNanos;
    private final int restFactor;
    long dueNanos;

    Timed(Runnable task, long dueNanos, long everyNanos, int restFactor) {
      this.task = task;
      this.dueNanos = dueNanos;
      this.everyNanos = everyNanos;
      this.restFactor = restFactor;
    }

    @Override
    public void run() {
      timers.add(this);
    }

    @Override
    public int compareTo(Timed other) {
      return Long.compare(dueNanos - other.dueNanos, 0);
    }
  }

  /** A task that may become needless in a moment, and waits for that if there is much to do. */
  private final class Unhurried extends Timed {
    Unhurried(Runnable task) {
      super(task, 0, 0, 0);
    }

    @Override
    public void run() {
      if (busy) {
        dueNanos = System.nanoTime() + NAP_NANOS;
        super.run();
      } else {
        task.run();
      }
    }
  }

  /** A duty takes at most this part of the time, however much there is to do. */
  static final int REST_FACTOR = 50;

  private static final long REST_NANOS = 10_000_000;

  /** While there is much to do, what comes is taken up together after that long. */
  private static final long NAP_NANOS = 2_000_000;

  private final ConcurrentLinkedQueue<Runnable> queue = new ConcurrentLinkedQueue<>();
  private final PriorityQueue<Timed> timers = new PriorityQueue<>();
  private final AgentLog log;
  // A literal in a handler is made when it is first needed, when there may be no memory for it.
  private final String name = "worker";
  private volatile boolean parked;
  private volatile boolean stopped;
  private volatile Thread thread = Thread.currentThread();
  private boolean worked;
  private boolean busy;
  private long workedUntilNanos = System.nanoTime() - NAP_NANOS;
  private final AtomicReference<@Nullable OwnThread> firstUse = new AtomicReference<>();

  /** Faults of tasks go to the log. */
  public Worker(AgentLog log) {
    this.log = log;
  }

  /** For one whose thread is to start only when there is something to do. Before the first task. */
  void whenFirstUsed(OwnThread start) {
    firstUse.set(start);
  }

  /** Runs a task soon, after those before it. */
  public void execute(Runnable task) {
    queue.add(task);
    OwnThread start = firstUse.get() == null ? null : firstUse.getAndSet(null);
    if (start != null) {
      start.start();
    }
    if (parked) {
      LockSupport.unpark(thread);
    }
  }

  /**
   * Runs a task soon; a little later if there is much to do, when by then it may have become
   * needless.
   */
  void executeUnhurried(Runnable task) {
    execute(new Unhurried(task));
  }

  /** Runs a task after a delay. */
  public void executeAfter(Duration delay, Runnable task) {
    execute(new Timed(task, System.nanoTime() + delay.toNanos(), 0, 0));
  }

  /** Runs a task again and again: at that interval, or more rarely if it takes long. */
  public void executeEvery(Duration interval, Runnable task) {
    executeEvery(interval, interval, REST_FACTOR, task);
  }

  /**
   * The same.
   *
   * @param first how long until the first time
   * @param restFactor how many times as long as it took it is not done again: less for what is done
   *     once for each handle, and takes memory as long as it is not
   */
  void executeEvery(Duration first, Duration interval, int restFactor, Runnable task) {
    long due = System.nanoTime() + first.toNanos();
    execute(new Timed(task, due, interval.toNanos(), restFactor));
  }

  /** What is still queued is not done any more. */
  void stop() {
    stopped = true;
    LockSupport.unpark(thread);
  }

  /** The thread's life, until {@link #stop}. Called on the thread itself, marked as our own. */
  @Override
  public void run() {
    thread = Thread.currentThread();
    while (!stopped) {
      try {
        step();
      } catch (Throwable e) {
        // Without memory even a return into interpreted code may throw. Rest, then go on.
        log.fault(name, e);
        LockSupport.parkNanos(REST_NANOS);
      }
    }
  }

  private void step() {
    Runnable task = queue.poll();
    if (task != null) {
      worked = true;
      runGuarded(task);
    } else if (!napped() && !runDue()) {
      park();
    }
  }

  /**
   * Waking a thread costs the one that wakes it some microseconds, and that is one of the
   * application's. One that is woken again within two milliseconds therefore sleeps out the next
   * two before it looks again, and nobody has to wake it.
   */
  private boolean napped() {
    if (!worked) {
      return false;
    }
    worked = false;
    busy = System.nanoTime() - workedUntilNanos < NAP_NANOS;
    if (busy) {
      LockSupport.parkNanos(this, NAP_NANOS);
    }
    workedUntilNanos = System.nanoTime();
    return busy;
  }

  private boolean runDue() {
    Timed first = timers.peek();
    if (first == null || first.dueNanos - System.nanoTime() > 0) {
      return false;
    }
    timers.remove();
    long began = System.nanoTime();
    runGuarded(first.task);
    if (first.everyNanos > 0) {
      long now = System.nanoTime();
      first.dueNanos = now + Math.max(first.everyNanos, (now - began) * first.restFactor);
      timers.add(first);
    }
    return true;
  }

  private void park() {
    // An interrupt meant for us by mistake would make every park return at once.
    Thread.interrupted();
    parked = true;
    if (queue.isEmpty() && !stopped) {
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
      log.fault(name, e);
    }
  }
}
