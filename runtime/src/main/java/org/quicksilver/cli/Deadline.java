package org.quicksilver.cli;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection that has been silent for too long, so that a stopped node does not hold a
 * command for ever: a blocking channel knows no timeout. Closing this first leaves the connection
 * alone.
 */
final class Deadline implements AutoCloseable {

  private final CountDownLatch done = new CountDownLatch(1);
  private volatile boolean missed;

  Deadline(Duration patience, Closeable connection) {
    Thread watch = new Thread(() -> watch(patience, connection), "quicksilver-deadline");
    watch.setDaemon(true);
    watch.start();
  }

  private void watch(Duration patience, Closeable connection) {
    try {
      if (!done.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        missed = true;
        connection.close();
      }
    } catch (IOException | InterruptedException e) {
      // The connection is of no use any more, or nobody waits for it.
    }
  }

  /** Whether it has closed the connection. */
  boolean isMissed() {
    return missed;
  }

  @Override
  public void close() {
    done.countDown();
  }
}
