package org.quicksilver.it.subject;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Workers that programs make themselves, and the JDK's pool with queues of every sort. */
final class OwnPools {

  private final BlockingQueue<Runnable> late = new LinkedBlockingQueue<>();
  private @Nullable Thread lateWorker;

  private OwnPools() {}

  /** Each hands its task to another thread. */
  static Map<String, Executor> ways() {
    OwnPools pools = new OwnPools();
    BlockingQueue<Runnable> early = new LinkedBlockingQueue<>();
    BlockingQueue<Runnable> array = new ArrayBlockingQueue<>(100);
    BlockingQueue<Runnable> deque = new LinkedBlockingDeque<>(100);
    BlockingQueue<Runnable> priority = byIdentity();
    DelayQueue<Due> delay = new DelayQueue<>();
    BlockingQueue<Runnable> nesting = new LinkedBlockingQueue<>();
    for (BlockingQueue<? extends Runnable> queue :
        List.of(early, array, deque, priority, delay, nesting)) {
      daemon(() -> workOff(queue));
    }
    BlockingQueue<Runnable> consumed = new LinkedBlockingQueue<>(100);
    ExecutorService consumers = Executors.newFixedThreadPool(2);
    consumers.execute(() -> workOff(consumed));
    consumers.execute(() -> workOff(consumed));
    Map<String, Executor> ways = new HashMap<>();
    ways.put("own-worker", early::add);
    ways.put("own-late-worker", pools::late);
    ways.put("own-array-worker", array::add);
    ways.put("own-nesting-worker", task -> nesting.add(() -> ForkJoinTask.adapt(task).invoke()));
    ways.put("own-deque-worker", deque::add);
    ways.put("own-priority-worker", priority::add);
    ways.put("own-delay-worker", task -> delay.add(new Due(task)));
    ways.put("own-consumer", consumed::add);
    ways.put("single", Executors.newSingleThreadExecutor());
    ways.put("cached", Executors.newCachedThreadPool());
    ways.put("array", pool(new ArrayBlockingQueue<>(100)));
    ways.put("deque", pool(new LinkedBlockingDeque<>()));
    ways.put("priority", pool(byIdentity()));
    ways.put("full", full());
    return ways;
  }

  private static BlockingQueue<Runnable> byIdentity() {
    return new PriorityBlockingQueue<>(10, Comparator.comparing(System::identityHashCode));
  }

  /** Due at once. */
  private record Due(Runnable task) implements Delayed, Runnable {
    @Override
    public long getDelay(TimeUnit unit) {
      return 0;
    }

    @Override
    public int compareTo(Delayed other) {
      return 0;
    }

    @Override
    public void run() {
      task.run();
    }
  }

  private static ThreadPoolExecutor pool(BlockingQueue<Runnable> queue) {
    return new ThreadPoolExecutor(1, 1, 1, TimeUnit.HOURS, queue);
  }

  /** Who finds no place in the queue waits for one. */
  private static Executor full() {
    ThreadPoolExecutor pool = pool(new LinkedBlockingQueue<>(1));
    pool.setRejectedExecutionHandler(
        (task, full) -> {
          try {
            full.getQueue().put(task);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    return pool;
  }

  /** Who comes first starts the worker, which then serves everybody. */
  private synchronized void late(Runnable work) {
    if (lateWorker == null) {
      lateWorker = daemon(() -> workOff(late));
    }
    late.add(work);
  }

  private static Thread daemon(Runnable body) {
    Thread thread = new Thread(body);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void workOff(BlockingQueue<? extends Runnable> queue) {
    try {
      while (true) {
        queue.take().run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
