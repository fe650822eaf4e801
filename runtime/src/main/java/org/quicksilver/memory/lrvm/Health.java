package org.quicksilver.memory.lrvm;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.quicksilver.memory.MemoryClosedException;
import org.quicksilver.memory.MemoryFailedException;

/** Whether a memory may still be used. What failed first stays the reason. Thread-safe. */
final class Health {

  private final Path log;
  private volatile @Nullable Throwable cause;
  private volatile boolean closed;

  Health(Path log) {
    this.log = log;
  }

  boolean isFailed() {
    return cause != null;
  }

  boolean isClosed() {
    return closed;
  }

  /** Nothing is to be relied on any more. */
  synchronized void fail(Throwable why) {
    if (cause == null) {
      cause = why;
    }
  }

  /** Refuses everything from now on; false if it does already. */
  synchronized boolean close() {
    boolean first = !closed;
    closed = true;
    return first;
  }

  void check() {
    if (closed) {
      throw new MemoryClosedException(
          "the recoverable memory of log " + log + " is closed: initialize it again");
    }
    checkNotFailed();
  }

  void checkNotFailed() {
    Throwable why = cause;
    if (why != null) {
      throw new MemoryFailedException(
          "log "
              + log
              + " cannot be relied on: "
              + why
              + "; what was flushed survives, of the rest nobody knows. Mend the disk, close this memory and initialize it again, which recovers it",
          why);
    }
  }
}
