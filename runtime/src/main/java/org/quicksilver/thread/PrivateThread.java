package org.quicksilver.thread;

/**
 * A daemon thread for I/O. A file channel is closed when a thread that uses it is interrupted; so
 * this one cannot be, not even by {@code ThreadGroup.interrupt}.
 */
public final class PrivateThread extends Thread {

  /** Not started yet. */
  public PrivateThread(String name, Runnable work) {
    super(null, work, name, 0, false);
    setDaemon(true);
  }

  /** Does nothing. */
  @Override
  public void interrupt() {}
}
