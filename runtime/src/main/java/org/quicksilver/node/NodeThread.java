package org.quicksilver.node;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.quicksilver.node.Counters.Count;

/**
 * The one thread that owns all state of a node, a daemon. What is handed to it runs in order; an
 * exception is counted and logged and ends nothing but that piece of work. After {@link #stop} work
 * is dropped silently. Thread-safe.
 */
final class NodeThread {

  private final NodeLog log;
  private final Counters counters;
  private final ScheduledThreadPoolExecutor executor;

  NodeThread(NodeLog log, Counters counters) {
    this.log = log;
    this.counters = counters;
    ThreadFactory plain = Executors.defaultThreadFactory();
    executor =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = plain.newThread(work);
              thread.setName("quicksilver-node");
              thread.setDaemon(true);
              return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy());
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Does something soon. */
  void run(String what, Runnable work) {
    run(what, work, () -> {});
  }

  /** The same; if it fails something else is done about it. */
  void run(String what, Runnable work, Runnable onFailure) {
    executor.execute(guarded(what, work, onFailure));
  }

  /** Does something later. */
  void after(Duration delay, String what, Runnable work) {
    executor.schedule(guarded(what, work, () -> {}), delay.toNanos(), TimeUnit.NANOSECONDS);
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
    executor.shutdown();
    if (!Thread.currentThread().getName().equals("quicksilver-node")) {
      executor.awaitTermination(5, TimeUnit.SECONDS);
    }
  }
}
