package org.quicksilver.agent.link;

import java.security.PrivilegedAction;
import org.quicksilver.agent.track.Privileged;

/**
 * A daemon thread of the agent; of what its work throws nobody hears. It is in the JVM's own group:
 * a program that waits until its group has but one thread, or interrupts all of it, means its own.
 */
public final class OwnThread implements Runnable {

  private final String name;
  private final Runnable first;
  private final Runnable work;

  /**
   * Prepares.
   *
   * @param first what the thread does before its work, such as to mark itself as ours
   */
  OwnThread(String name, Runnable first, Runnable work) {
    this.name = name;
    this.first = first;
    this.work = work;
  }

  Thread start() {
    Thread thread = prepared(this, name);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    thread.start();
    return thread;
  }

  /** One that has not been started, and inherits nothing. */
  public static Thread prepared(Runnable work, String name) {
    return Privileged.run(new Preparation(work, name));
  }

  /** A security manager would ask whoever is on the stack. */
  private record Preparation(Runnable work, String name) implements PrivilegedAction<Thread> {
    @Override
    public Thread run() {
      ThreadGroup group = Thread.currentThread().getThreadGroup();
      while (group.getParent() != null) {
        group = group.getParent();
      }
      return new Thread(group, work, name, 0, false);
    }
  }

  @Override
  public void run() {
    try {
      first.run();
      work.run();
    } catch (Throwable e) {
      // Never aloud: the default handler would print to the application's standard error.
    }
  }
}
