package org.quicksilver.memory.lrvm;

/**
 * A thread of a memory's own, for I/O. A file is closed when a thread that uses it is interrupted;
 * so this one cannot be, not even by {@code ThreadGroup.interrupt}.
 */
final class PrivateThread extends Thread {

  PrivateThread(String name, Runnable work) {
    super(null, work, name, 0, false);
    setDaemon(true);
  }

  /** Does nothing. */
  @Override
  public void interrupt() {}
}
