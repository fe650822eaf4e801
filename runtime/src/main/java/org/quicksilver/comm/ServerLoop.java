package org.quicksilver.comm;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SelectStrategy;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.IntSupplier;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.Closeable;
import java.nio.channels.spi.SelectorProvider;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.quicksilver.thread.Spin;

/**
 * The one thread of a node, a daemon: it reads and writes all connections, and does what the node
 * makes of them. Two threads would have to wake each other for every message, which costs more than
 * most messages do. Thread-safe.
 */
public final class ServerLoop implements Closeable {

  static {
    NettyLog.install();
  }

  /** An answer on the same machine takes a few hops; longer ones are worth a sleep. */
  private static final long SPIN_NANOS = 100_000;

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1,
          new DefaultThreadFactory("quicksilver-node", true),
          NioIoHandler.newFactory(SelectorProvider.provider(), Strategy::new));
  private final SingleThreadEventLoop loop = (SingleThreadEventLoop) group.next();
  private boolean isAwake;

  /** Work for the thread, in order; what it does not finish by {@link #close} is dropped. */
  public ScheduledExecutorService executor() {
    return loop;
  }

  /** Whether the calling thread is the one. */
  public boolean isCurrent() {
    return loop.inEventLoop();
  }

  /**
   * Has the thread stay awake for a moment when it has nothing to do, and again as long as
   * something comes: what belongs to one transaction comes within microseconds, and to wake a
   * thread for each message takes longer than all the rest. To be called by the thread itself.
   */
  public void stayAwake() {
    isAwake = true;
  }

  private final class Strategy implements SelectStrategy {
    private final Spin spin = new Spin(SPIN_NANOS);
    private int ready;

    @Override
    public int calculateStrategy(IntSupplier select, boolean hasTasks) throws Exception {
      if (hasTasks) {
        return select.get();
      }
      if (isAwake) {
        ready = 0;
        spin.until(() -> (ready = select.get()) > 0 || loop.pendingTasks() > 0);
        isAwake = ready > 0 || loop.pendingTasks() > 0;
      }
      return isAwake ? ready : SELECT;
    }
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
