package org.quicksilver.transaction;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Numbered places, some of them empty: an immutable tree of blocks of 32, all at one depth, the
 * highest bits of the number first. A change copies one path of it and shares the rest.
 */
final class Seats {

  static final Seats NONE = new Seats(new Object[0], 0, 0);

  private static final int BITS = 5;
  private static final int BLOCK = 1 << BITS;
  private static final int MASK = BLOCK - 1;

  /** Blocks of blocks, of participants at last; as short as their last entry allows. */
  private final Object[] root;

  private final int depth;
  private final int count;

  private Seats(Object[] root, int depth, int count) {
    this.root = root;
    this.depth = depth;
    this.count = count;
  }

  /** Places there are, empty ones too. */
  int count() {
    return count;
  }

  /** Who sits there; null if nobody does any more. */
  @Nullable Participant at(int seat) {
    Object[] block = root;
    for (int level = depth; level > 0; level--) {
      block = (Object[]) block[seat >>> level * BITS & MASK];
    }
    return (Participant) block[seat & MASK];
  }

  /** With one more place. */
  Seats plus(Participant participant) {
    boolean isFull = count == 1 << (depth + 1) * BITS;
    Object[] grown = isFull ? new Object[] {root} : root;
    int height = isFull ? depth + 1 : depth;
    return new Seats(put(grown, height, count, participant), height, count + 1);
  }

  /** With somebody else, or nobody, in a place. */
  Seats with(int seat, @Nullable Participant participant) {
    return new Seats(put(root, depth, seat, participant), depth, count);
  }

  private static Object[] put(
      Object[] block, int level, int seat, @Nullable Participant participant) {
    int place = seat >>> level * BITS & MASK;
    Object[] next = Arrays.copyOf(block, Math.max(block.length, place + 1));
    if (level == 0) {
      next[place] = participant;
    } else {
      Object below = next[place];
      Object[] child = below == null ? new Object[0] : (Object[]) below;
      next[place] = put(child, level - 1, seat, participant);
    }
    return next;
  }

  /** Each who sits there changed, in order. */
  Seats mapped(UnaryOperator<Participant> change) {
    return new Seats(mapped(root, depth, change), depth, count);
  }

  private static Object[] mapped(Object[] block, int level, UnaryOperator<Participant> change) {
    Object[] next = block.clone();
    for (int i = 0; i < next.length; i++) {
      if (level > 0) {
        next[i] = mapped((Object[]) next[i], level - 1, change);
      } else if (next[i] != null) {
        next[i] = change.apply((Participant) next[i]);
      }
    }
    return next;
  }
}
