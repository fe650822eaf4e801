package org.quicksilver.node;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.quicksilver.comm.ServerLoop;
import org.quicksilver.node.Counters.Count;

/**
 * The one thread that owns all state of a node: that of its connections. What is handed to it runs
 * in order; an exception is counted and logged and ends nothing but that piece of work. After
 * {@link #stop} work is dropped silently. Thread-safe.
 */
final class NodeThread {

  private final NodeLog log;
  private final Counters counters;
  private final ServerLoop loop;
  private final ScheduledExecutorService executor;
  private volatile boolean stopped;

  NodeThread(ServerLoop loop, NodeLog log, Counters counters) {
    this.loop = loop;
    this.log = log;
    this.counters = counters;
    this.executor = loop.executor();
  }

  /** More is about to come: see {@link ServerLoop#stayAwake}. */
  void stayAwake() {
    loop.stayAwake();
  }

  /** Does something soon. */
  void run(String what, Runnable work) {
    run(what, work, () -> {});
  }

  /** The same; if it fails something else is done about it. */
  void run(String what, Runnable work, Runnable onFailure) {
    try {
      executor.execute(guarded(what, work, onFailure));
    } catch (RejectedExecutionException e) {
      // It has stopped.
    }
  }

  /** Does something later. */
  void after(Duration delay, String what, Runnable work) {
    try {
      executor.schedule(guarded(what, work, () -> {}), delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // It has stopped.
    }
  }

  /** Does something again and again, with a pause between. */
  void every(Duration pause, String what, Runnable work) {
    executor.scheduleWithFixedDelay(
        guarded(what, work, () -> {}), pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Does something soon and tells when it is done; an exception goes to whoever waits. */
  Future<?> call(Runnable work) {
    return executor.submit(work);
  }

  private Runnable guarded(String what, Runnable work, Runnable onFailure) {
    return () -> {
      if (stopped) {
        return;
      }
      try {
        work.run();
      } catch (Throwable e) {
        counters.add(Count.FAULTS);
        log.error("failed: " + what, e);
        onFailure.run();
      }
    };
  }

  /**
   * Finishes what is under way and starts nothing more; waits for it unless called by this thread
   * itself.
   */
  void stop() throws InterruptedException {
    if (!loop.isCurrent()) {
      try {
        executor.submit(() -> {}).get(5, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        // What is under way is cut off by the end of the process, as by a kill.
      }
    }
    stopped = true;
  }
}
