package org.quicksilver.it.subject;

import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutorGroup;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.mina.core.session.DummySession;
import org.apache.mina.core.session.IoEvent;
import org.apache.mina.core.session.IoEventType;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.filter.executor.OrderedThreadPoolExecutor;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ReservedThreadExecutor;

/** Pools of libraries, which hand out tasks by themselves. */
final class BorrowedPools {

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
    return Map.of(
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
        });
  }
}
