package org.quicksilver;

/**
 * As long as it is open, its thread works for a transaction: what it opens with the agent present
 * is tagged with it. Closed by the thread that opened it, in the reverse order of opening.
 */
public final class Scope implements AutoCloseable {

  private final Runnable leave;

  Scope(Runnable leave) {
    this.leave = leave;
  }

  /** The thread works again for what it worked for before. */
  @Override
  public void close() {
    leave.run();
  }
}
