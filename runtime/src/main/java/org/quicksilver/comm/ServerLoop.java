package org.quicksilver.comm;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.Closeable;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The one thread of a node, a daemon: it reads and writes all connections, and does what the node
 * makes of them. Two threads would have to wake each other for every message, which costs more than
 * most messages do. Thread-safe.
 */
public final class ServerLoop implements Closeable {

  static {
    NettyLog.install();
  }

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("quicksilver-node", true), NioIoHandler.newFactory());
  private final EventLoop loop = group.next();

  /** Work for the thread, in order; what it does not finish by {@link #close} is dropped. */
  public ScheduledExecutorService executor() {
    return loop;
  }

  /** Whether the calling thread is the one. */
  public boolean isCurrent() {
    return loop.inEventLoop();
  }

  EventLoopGroup group() {
    return group;
  }

  /** Stops the thread; waits for it a few seconds at most, unless it is the one that calls. */
  @Override
  public void close() {
    var stopped = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    if (!isCurrent()) {
      stopped.awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
  }
}
