package org.quicksilver.it.subject;

import com.google.common.util.concurrent.MoreExecutors;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.HashedWheelTimer;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutorGroup;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.mina.core.session.DummySession;
import org.apache.mina.core.session.IoEvent;
import org.apache.mina.core.session.IoEventType;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.filter.executor.OrderedThreadPoolExecutor;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ReservedThreadExecutor;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Pools of libraries, which hand out tasks by themselves, and others of their ways to do so. */
final class BorrowedPools {

  private static final XnioWorker XNIO = worker();

  private BorrowedPools() {}

  static Map<String, Executor> ways() {
    EventExecutorGroup group =
        new DefaultEventExecutorGroup(2, new DefaultThreadFactory("group", true));
    EventExecutorGroup loop = new NioEventLoopGroup(1, new DefaultThreadFactory("loop", true));
    QueuedThreadPool jetty = new QueuedThreadPool(8);
    ReservedThreadExecutor reserved = new ReservedThreadExecutor(jetty, 2);
    jetty.setDaemon(true);
    try {
      jetty.start();
      reserved.start();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    IoSession session = new DummySession();
    OrderedThreadPoolExecutor mina = new OrderedThreadPoolExecutor();
    Map<String, Executor> ways = new HashMap<>(oneAfterAnother());
    ways.putAll(
        Map.of(
            "mina",
            work ->
                mina.execute(
                    new IoEvent(IoEventType.MESSAGE_RECEIVED, session, "") {
                      @Override
                      public void fire() {
                        work.run();
                      }
                    }),
            "netty-group",
            group,
            "netty-later",
            work -> group.schedule(work, 20, TimeUnit.MILLISECONDS),
            "netty-loop",
            loop,
            "jetty",
            jetty,
            "jetty-reserved",
            work -> {
              if (!reserved.tryExecute(work)) {
                jetty.execute(work);
              }
            }));
    return ways;
  }

  /** One thread does the work of all. */
  private static Map<String, Executor> oneAfterAnother() {
    Context vertx = Vertx.vertx(new VertxOptions().setWorkerPoolSize(1)).getOrCreateContext();
    HashedWheelTimer wheel = new HashedWheelTimer(new DefaultThreadFactory("wheel", true));
    Executor one = Executors.newSingleThreadExecutor(new DefaultThreadFactory("one", true));
    Scheduler.Worker reactor = Schedulers.fromExecutor(one, true).createWorker();
    return Map.of(
        "guava-sequential",
        MoreExecutors.newSequentialExecutor(one),
        "reactor-worker",
        reactor::schedule,
        "vertx-ordered",
        work ->
            vertx.executeBlocking(
                () -> {
                  work.run();
                  return "";
                },
                true),
        "wheel-timer",
        work -> wheel.newTimeout(timeout -> work.run(), 20, TimeUnit.MILLISECONDS),
        "xnio-later",
        work -> ioThread().executeAfter(work, 20, TimeUnit.MILLISECONDS));
  }

  private static XnioIoThread ioThread() {
    return XNIO.getIoThread();
  }

  private static XnioWorker worker() {
    try {
      return Xnio.getInstance()
          .createWorker(
              OptionMap.create(Options.WORKER_IO_THREADS, 1, Options.THREAD_DAEMON, true));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
