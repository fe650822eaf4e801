package org.quicksilver.agent.track;

import java.io.FileDescriptor;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.quicksilver.handle.Cause;
import org.quicksilver.handle.SlotImage;

/**
 * What we know of one thread. Inherited: a thread made while serving a transaction serves it too.
 * Used by its own thread only.
 *
 * <p>An inheritable thread-local instead of advice on {@code Thread.start}: it costs the JDK a map
 * copy per thread, and nothing has to be retransformed.
 */
final class ThreadContext {

  private static final class Contexts extends InheritableThreadLocal<ThreadContext> {
    private final Branch process;

    Contexts(Branch process) {
      this.process = process;
    }

    @Override
    protected ThreadContext initialValue() {
      return new ThreadContext(process);
    }

    @Override
    protected ThreadContext childValue(ThreadContext parent) {
      ThreadContext child = new ThreadContext(parent.branch);
      // Threads that ours make, those of an embedded node above all, are ours too.
      child.ownWork = parent.ownWork > 0 ? 1 : 0;
      child.inherited = true;
      child.cause = parent.branch == process ? Cause.PROCESS : Cause.INHERITED;
      return child;
    }
  }

  /** The transaction it works for; see {@link ThreadTracker#current}. */
  Branch branch;

  /** Why it works for that. */
  Cause cause = Cause.PROCESS;

  /** Above 0 while it does work of our own: nothing is tagged. */
  int ownWork;

  /** Above 0 while what it opens is shared by design. */
  int processScope;

  /** How many handles it has opened; for sampling. */
  int opened;

  /** Whether it waits for several connections at once, and has taken up no task since. */
  boolean selects;

  /** Of the connection it has read from; null if this process opened that. */
  @Nullable Inflow inflow;

  /** Whether it is one that takes tasks from a queue by itself, and does one after the other. */
  boolean takesTasks;

  /** The task that it has taken up, as long as it has not come back for another. */
  @Nullable Object taken;

  /** The socket over which it is sending a request that gets a number; null if it is not. */
  @Nullable Object sending;

  private @Nullable FileDescriptor located;
  private @Nullable InetAddress location;
  private @Nullable StackBudget stacks;
  private @Nullable Round round;
  private byte[] name = {};
  private @Nullable SlotImage image;
  private String namedFor = "";
  private Thread thread = Thread.currentThread();
  private boolean inherited;

  private ThreadContext(Branch branch) {
    this.branch = branch;
  }

  static ThreadLocal<ThreadContext> contexts(Branch process) {
    return new Contexts(process);
  }

  /**
   * The first thing its own thread does with a context that its parent made: a worker of a pool
   * serves whom its tasks serve, not whom the pool happened to grow for.
   */
  void settle(Branch process) {
    if (inherited) {
      inherited = false;
      if (PoolThreads.isWorker(Thread.currentThread())) {
        serve(process, Cause.PROCESS);
      }
    }
  }

  /**
   * Whether a task that it has taken from a queue changes for whom it works: not if it serves
   * somebody itself, and does the task in the middle of that.
   */
  boolean worksOffTasks() {
    return takesTasks || selects || cause == Cause.PROCESS || cause == Cause.INHERITED;
  }

  /** The JDK has just asked the kernel where a socket is, which takes two system calls. */
  void localAddress(FileDescriptor socket, InetAddress address) {
    located = socket;
    location = address;
  }

  /** Where that socket is; null if another was asked for last. */
  @Nullable InetAddress takeLocalAddress(@Nullable FileDescriptor socket) {
    InetAddress address = located == socket ? location : null;
    located = null;
    location = null;
    return address;
  }

  /** What it may spend on recording stacks. */
  StackBudget stacks() {
    StackBudget known = stacks;
    if (known == null) {
      known = new StackBudget();
      stacks = known;
    }
    return known;
  }

  /** For whom it worked while it went from one connection to the next. */
  private record Round(Branch branch) {}

  /** What to give to {@link #goOn} after it has done something else. */
  Object now() {
    if (!selects) {
      return branch;
    }
    Round known = round;
    if (known == null || known.branch != branch) {
      known = new Round(branch);
      round = known;
    }
    return known;
  }

  /** It goes on with what it did before. */
  void goOn(Object before, Branch process) {
    if (before instanceof Round known) {
      selects = true;
      resume(known.branch, process);
    } else if (before instanceof Branch known) {
      resume(known, process);
    }
  }

  private void resume(Branch whom, Branch process) {
    serve(whom, whom == process ? Cause.PROCESS : Cause.RESUMED);
  }

  void serve(Branch whom, Cause why) {
    branch = whom;
    cause = why;
  }

  /**
   * Name of the thread, encoded once as long as it stays the same. A child's context is made by its
   * parent: hence the look at the thread.
   */
  byte[] threadName() {
    Thread now = Thread.currentThread();
    String current = now.getName();
    if (current != namedFor || thread != now) {
      thread = now;
      namedFor = current;
      name = current.getBytes(StandardCharsets.UTF_8);
      image = null;
    }
    return name;
  }

  /** For breadcrumbs; after {@link #threadName}. */
  SlotImage image() {
    SlotImage known = image;
    if (known == null) {
      known = new SlotImage(thread.getId(), name);
      image = known;
    }
    known.cause(processScope > 0 ? Cause.SHARED : cause);
    return known;
  }
}
