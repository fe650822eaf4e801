package org.quicksilver.agent.track;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What was written over one connection that this process opened, and for whom: each turn begins at
 * a byte. A connection that always serves the same has none.
 *
 * <p>Thread-safe; the count is exact as long as one thread writes at a time.
 */
public final class Outflow {

  /** Who asks for older ones comes too late. */
  private static final int MOST_TURNS = 256;

  private long written;
  private @Nullable Branch writer;
  private long[] from = {};
  private Branch[] by = {};
  private boolean pooled;

  Outflow() {}

  /** For whom it was written last; null if nothing was. */
  @Nullable Branch writer() {
    return writer;
  }

  void wrote(long bytes) {
    if (bytes > 0) {
      written += bytes;
    }
  }

  boolean hasTurns() {
    return from.length > 0;
  }

  /** What comes next is written for another; {@code owner} is whose the connection was till now. */
  synchronized void turn(Branch next, Branch owner) {
    boolean isFirst = writer == null;
    writer = next;
    if (isFirst && next == owner) {
      return;
    }
    if (from.length == 0 && written > 0) {
      add(0, owner);
    }
    if (from.length > 0 && from[from.length - 1] == written) {
      by[by.length - 1] = next;
    } else {
      add(written, next);
    }
  }

  private void add(long first, Branch whose) {
    int dropped = from.length < MOST_TURNS ? 0 : MOST_TURNS / 2;
    int length = from.length - dropped;
    from = Arrays.copyOf(Arrays.copyOfRange(from, dropped, from.length), length + 1);
    by = Arrays.copyOf(Arrays.copyOfRange(by, dropped, by.length), length + 1);
    from[length] = first;
    by[length] = whose;
  }

  /** For whom a byte was written; null if that is not known any more. */
  public synchronized @Nullable Branch at(long offset) {
    for (int i = from.length - 1; i >= 0; i--) {
      if (from[i] <= offset) {
        return by[i];
      }
    }
    return null;
  }

  /** Whether the last turn was for another transaction than the one before; true once only. */
  synchronized boolean becomesPooled() {
    int last = by.length - 1;
    boolean becomes = !pooled && last > 0 && by[last].isOtherThan(by[last - 1]);
    pooled |= becomes;
    return becomes;
  }
}
