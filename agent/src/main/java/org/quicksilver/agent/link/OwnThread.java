package org.quicksilver.agent.link;

/** A daemon thread of the agent; of what its work throws nobody hears. */
final class OwnThread implements Runnable {

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
    Thread thread = new Thread(null, this, name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    thread.start();
    return thread;
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
