package org.quicksilver.memory.lrvm;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.quicksilver.thread.PrivateThread;

/** The thread that does the I/O on segments, one task after the other. */
final class Worker implements Runnable {

  private static final Runnable LAST = () -> {};

  private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final Thread thread = new PrivateThread("quicksilver-memory-segments", this);
  private volatile Supplier<Duration> pause = () -> Duration.ZERO;
  private volatile Runnable onPause = () -> {};
  private boolean stopped;

  void start() {
    thread.start();
  }

  /**
   * Gives it something to do while there is nothing else.
   *
   * @param longest how long there may be nothing to do before it does it; zero: for ever
   */
  void onPause(Supplier<Duration> longest, Runnable task) {
    onPause = task;
    pause = longest;
    execute(() -> {});
  }

  /** Does something there; nothing once it is stopped. */
  synchronized boolean execute(Runnable task) {
    return !stopped && tasks.add(task);
  }

  /** Does something there and waits for it, whether interrupted or not. */
  <T> T call(Callable<T> task) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    boolean taken =
        execute(
            () -> {
              try {
                result.complete(task.call());
              } catch (Throwable e) {
                result.completeExceptionally(e);
              }
            });
    if (!taken) {
      throw new IllegalStateException("the thread for segments has stopped");
    }
    return await(result);
  }

  /** Waits, whether interrupted or not; throws what went wrong itself. */
  static <T> T await(CompletableFuture<T> result) throws Exception {
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** Lets it end when all is done. */
  synchronized void stop() {
    stopped = true;
    tasks.add(LAST);
  }

  void join() {
    join(thread);
  }

  /** Waits for the end of a thread, whether interrupted or not. */
  static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void run() {
    for (Runnable task = next(); task != LAST; task = next()) {
      if (task == null) {
        onPause.run();
      } else {
        task.run();
      }
    }
  }

  private @Nullable Runnable next() {
    try {
      long nanos = pause.get().toNanos();
      return nanos == 0 ? tasks.take() : tasks.poll(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException("this thread cannot be interrupted", e);
    }
  }
}
