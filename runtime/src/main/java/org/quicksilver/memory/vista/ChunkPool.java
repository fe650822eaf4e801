package org.quicksilver.memory.vista;

import java.util.BitSet;

/** The chunks of an undo log that no transaction holds. Thread-safe. */
final class ChunkPool {

  static final int NONE = -1;

  private final int[] free;
  private int count;

  /**
   * All but some.
   *
   * @param taken numbers that are held already
   */
  ChunkPool(int chunks, BitSet taken) {
    free = new int[chunks];
    for (int number = chunks - 1; number >= 0; number--) {
      if (!taken.get(number)) {
        free[count++] = number;
      }
    }
  }

  /** A chunk's number, or {@link #NONE}. */
  synchronized int take() {
    return count == 0 ? NONE : free[--count];
  }

  synchronized void give(int number) {
    free[count++] = number;
  }

  synchronized int free() {
    return count;
  }
}
