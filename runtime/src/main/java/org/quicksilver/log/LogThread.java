package org.quicksilver.log;

/**
 * The one thread that does I/O on the log. A file channel is closed when a thread that uses it is
 * interrupted; so this thread cannot be, not even by {@code ThreadGroup.interrupt}.
 */
final class LogThread extends Thread {

  LogThread(Runnable work) {
    super(null, work, "quicksilver-log", 0, false);
    setDaemon(true);
  }

  /** Does nothing. */
  @Override
  public void interrupt() {}
}
