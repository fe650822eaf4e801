package org.quicksilver.agent.track;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * For whom the parts of something are that grows at its end: each stretch begins at a position.
 * What has always been for the same has none. Thread-safe.
 */
final class Stretches {

  /** Who asks for older ones comes too late. */
  private static final int MOST = 2048;

  private static final int FIRST = 8;

  private volatile @Nullable Branch last;
  private long[] from = {};
  private Branch[] whose = {};
  private volatile int count;
  private boolean severalOwners;

  /** Whose the last one is; null if there was nothing yet. */
  @Nullable Branch last() {
    return last;
  }

  boolean areAny() {
    return count > 0;
  }

  /**
   * What comes from here on is another's.
   *
   * @param owner whose everything was till now
   * @param isFirst whether there was nothing till now
   */
  synchronized void begin(long position, Branch next, Branch owner, boolean isFirst) {
    boolean isKnown = last == null && next == owner;
    last = next;
    if (isKnown) {
      return;
    }
    if (count == 0 && !isFirst) {
      add(0, owner);
    }
    if (count > 0 && from[count - 1] == position) {
      whose[count - 1] = next;
    } else {
      add(position, next);
    }
  }

  private void add(long position, Branch next) {
    int kept = count;
    if (kept == MOST) {
      kept = MOST / 2;
      System.arraycopy(from, MOST - kept, from, 0, kept);
      System.arraycopy(whose, MOST - kept, whose, 0, kept);
    } else if (kept == from.length) {
      int room = Math.max(FIRST, 2 * kept);
      from = Arrays.copyOf(from, room);
      whose = Arrays.copyOf(whose, room);
    }
    from[kept] = position;
    whose[kept] = next;
    count = kept + 1;
  }

  /** Whose the part at a position is; null if that is not known any more. */
  synchronized @Nullable Branch at(long position) {
    for (int i = count - 1; i >= 0; i--) {
      if (from[i] <= position) {
        return whose[i];
      }
    }
    return null;
  }

  /** Whether the last one is another transaction's than the one before; true once only. */
  synchronized boolean changesHands() {
    boolean changes = !severalOwners && count > 1 && whose[count - 1].isOtherThan(whose[count - 2]);
    severalOwners |= changes;
    return changes;
  }
}
