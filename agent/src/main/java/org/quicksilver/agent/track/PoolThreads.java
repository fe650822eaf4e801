package org.quicksilver.agent.track;

import java.util.concurrent.ForkJoinWorkerThread;

/**
 * Which threads are workers of a pool that hands tasks out by itself. Workers of {@code
 * ThreadPoolExecutor} need not be here: they are told of each task.
 */
final class PoolThreads {

  private static final String[] CLASSES = {
    "io.netty.",
    "org.apache.tomcat.",
    "org.eclipse.jetty.",
    "org.xnio.",
    "org.jboss.threads.",
    "org.glassfish.grizzly.",
    "java.util.concurrent.DelayScheduler",
  };

  /** Whoever has a Netty of his own has it below his own package. */
  private static final String NETTY = ".io.netty.util.concurrent.";

  /** Jetty's pools make plain threads; only their names tell. */
  private static final String JETTY = "qtp";

  private static final String JETTY_CLIENT = "HttpClient@";

  private PoolThreads() {}

  /** Whether it is the thread of a {@code java.util.Timer}. */
  static boolean isTimer(Thread thread) {
    return thread.getClass().getName().equals("java.util.TimerThread");
  }

  static boolean isWorker(Thread thread) {
    String title = thread.getName();
    if (thread instanceof ForkJoinWorkerThread
        || title.startsWith(JETTY)
        || title.startsWith(JETTY_CLIENT)) {
      return true;
    }
    String name = thread.getClass().getName();
    for (String prefix : CLASSES) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return name.contains(NETTY);
  }
}
