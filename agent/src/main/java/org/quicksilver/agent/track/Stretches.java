package org.quicksilver.agent.track;

import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * For whom the parts of something are that grows at its end: each stretch begins at a position.
 * What has always been for the same has none. Thread-safe.
 *
 * <p>Who asks for one, asks soon: those of long ago whose branches have ended are forgotten, and
 * beyond a number the oldest, whatever they are.
 */
final class Stretches {

  private static final int FIRST = 8;

  /** As long as that somebody may still ask for what has ended. */
  private static final long ASKED_FOR_NANOS = Duration.ofMinutes(1).toNanos();

  private final int most;
  private volatile @Nullable Branch last;
  private long[] from = {};
  private @Nullable Branch[] whose = {};
  private volatile int count;
  private boolean severalOwners;
  private int old;
  private long oldNanos;

  /**
   * Empty.
   *
   * @param most how many are remembered
   */
  Stretches(int most) {
    this.most = most;
  }

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
    if (count == from.length) {
      makeRoom();
    }
    from[count] = position;
    whose[count] = next;
    count++;
  }

  private void makeRoom() {
    forgetOld(System.nanoTime());
    int kept = count;
    if (kept > from.length / 2 && kept < most) {
      int room = Math.min(most, Math.max(FIRST, 2 * kept));
      from = Arrays.copyOf(from, room);
      whose = Arrays.copyOf(whose, room);
    } else if (kept == most) {
      keepLast(most / 2);
    } else if (kept == 0) {
      from = new long[FIRST];
      whose = new Branch[FIRST];
    }
  }

  private void keepLast(int number) {
    int gone = count - number;
    System.arraycopy(from, gone, from, 0, number);
    System.arraycopy(whose, gone, whose, 0, number);
    Arrays.fill(whose, number, whose.length, null);
    count = number;
    old = Math.max(0, old - gone);
  }

  /**
   * What lies between others stays as something of which nothing is known.
   *
   * @param now see {@link System#nanoTime}
   */
  synchronized void forgetOld(long now) {
    if (now - oldNanos < ASKED_FOR_NANOS) {
      return;
    }
    int kept = 0;
    for (int i = 0; i < count; i++) {
      Branch branch = i < old && isOver(whose[i]) ? null : whose[i];
      boolean goesOn = branch == null && (kept == 0 || whose[kept - 1] == null);
      if (!goesOn) {
        from[kept] = from[i];
        whose[kept] = branch;
        kept++;
      }
    }
    Arrays.fill(whose, kept, whose.length, null);
    count = kept;
    // The last two tell whether the next changes hands.
    old = Math.max(0, kept - 2);
    oldNanos = now;
  }

  private static boolean isOver(@Nullable Branch branch) {
    return branch == null || branch.ended();
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
    Branch former = severalOwners || count < 2 ? null : whose[count - 2];
    Branch latest = former == null ? null : whose[count - 1];
    boolean changes = former != null && latest != null && latest.isOtherThan(former);
    severalOwners |= changes;
    return changes;
  }
}
