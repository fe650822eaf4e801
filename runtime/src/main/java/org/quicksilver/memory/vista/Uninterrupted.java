package org.quicksilver.memory.vista;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Does file access on a thread that nobody else knows. An interrupt closes the channel its thread
 * is using, and a closed channel gives up the lock on the file: an application that interrupts its
 * own threads must not let a second process into its memory.
 */
final class Uninterrupted {

  /** File access. */
  interface Access<T> {
    T run() throws IOException;
  }

  private Uninterrupted() {}

  /** Waits until it is done, whatever interrupts come; the caller stays interrupted. */
  static <T> T run(Access<T> access) throws IOException {
    FutureTask<T> task = new FutureTask<>(access::run);
    Thread thread = new Thread(task, "quicksilver-vista");
    thread.setDaemon(true);
    thread.start();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw thrown(Objects.requireNonNullElse(e.getCause(), e));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** What the access threw, with the caller's frames beside it. */
  private static IOException thrown(Throwable cause) {
    cause.addSuppressed(new Throwable("called from"));
    if (cause instanceof Error error) {
      throw error;
    }
    if (cause instanceof RuntimeException exception) {
      throw exception;
    }
    return cause instanceof IOException known ? known : new IOException(cause);
  }
}
