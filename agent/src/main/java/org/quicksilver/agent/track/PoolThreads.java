package org.quicksilver.agent.track;

import java.util.concurrent.ForkJoinWorkerThread;

/**
 * Which threads are workers of a pool that hands tasks out by itself. Workers of {@code
 * ThreadPoolExecutor} need not be here: they are told of each task.
 */
final class PoolThreads {

  private static final String[] CLASSES = {
    "io.netty.", "org.apache.tomcat.", "org.eclipse.jetty.", "org.xnio.", "org.glassfish.grizzly.",
  };

  /** Jetty's pool makes plain threads; only their names tell. */
  private static final String JETTY = "qtp";

  private PoolThreads() {}

  static boolean isWorker(Thread thread) {
    if (thread instanceof ForkJoinWorkerThread || thread.getName().startsWith(JETTY)) {
      return true;
    }
    String name = thread.getClass().getName();
    for (String prefix : CLASSES) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}
