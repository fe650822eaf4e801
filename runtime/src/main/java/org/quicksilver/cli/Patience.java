package org.quicksilver.cli;

import java.time.Duration;

/**
 * Tells a person at a terminal that a command is waiting for the node, once it has waited for a
 * while.
 */
final class Patience implements AutoCloseable {

  private static final Duration A_WHILE = Duration.ofSeconds(2);

  private final Thread thread;

  Patience(Screen screen) {
    thread = new Thread(() -> tell(screen), "quicksilver-patience");
    thread.setDaemon(true);
    if (screen.progress()) {
      thread.start();
    }
  }

  private static void tell(Screen screen) {
    try {
      Thread.sleep(A_WHILE.toMillis());
      screen.err().println("waiting for the node ...");
      screen.err().flush();
    } catch (InterruptedException e) {
      // It has answered.
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
