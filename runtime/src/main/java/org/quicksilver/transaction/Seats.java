package org.quicksilver.transaction;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Numbered places, some of them empty: an immutable tree over rows of 32, all at one depth, the
 * highest bits of the number first. One row is in hand, beside the tree: as most votes and
 * acknowledgements come in the order of joining, a change mostly copies that row alone, whatever
 * the depth; otherwise the row goes back, which copies one path of the tree and shares the rest.
 */
final class Seats {

  private static final Object[] EMPTY = {};

  static final Seats NONE = new Seats(EMPTY, 1, 0, EMPTY, 0);

  private static final int BITS = 5;
  private static final int MASK = (1 << BITS) - 1;

  /**
   * Blocks of blocks, of rows at last; as short as their last entry allows. The row in hand may be
   * out of date here, or missing.
   */
  private final Object[] root;

  /** Blocks above a row, at least one. */
  private final int depth;

  private final int count;
  private final Object[] row;
  private final int rowNumber;

  private Seats(Object[] root, int depth, int count, Object[] row, int rowNumber) {
    this.root = root;
    this.depth = depth;
    this.count = count;
    this.row = row;
    this.rowNumber = rowNumber;
  }

  /** Places there are, empty ones too. */
  int count() {
    return count;
  }

  /** Who sits there; null if nobody does any more. */
  @Nullable Participant at(int seat) {
    return (Participant) row(seat >>> BITS)[seat & MASK];
  }

  private Object[] row(int number) {
    return number == rowNumber ? row : row(root, depth, number);
  }

  private static Object[] row(Object[] root, int depth, int number) {
    Object[] block = root;
    for (int level = depth; level > 0; level--) {
      block = (Object[]) block[place(number, level)];
    }
    return block;
  }

  private static int place(int number, int level) {
    return number >>> (level - 1) * BITS & MASK;
  }

  /** With one more place. */
  Seats plus(Participant participant) {
    return with(count, participant);
  }

  /** With somebody else, or nobody, in a place; it may be the first after the last. */
  Seats with(int seat, @Nullable Participant participant) {
    int number = seat >>> BITS;
    Seats ready = number == rowNumber ? this : taking(number);
    int length = Math.max(ready.row.length, (seat & MASK) + 1);
    Object[] next = Arrays.copyOf(ready.row, length);
    next[seat & MASK] = participant;
    return new Seats(ready.root, ready.depth, Math.max(count, seat + 1), next, number);
  }

  /** With another row in hand, which may be the first after the last. */
  private Seats taking(int number) {
    Object[] next = number << BITS < count ? row(number) : EMPTY;
    Object[] grown = root;
    int height = depth;
    while (rowNumber >>> height * BITS > 0) {
      grown = new Object[] {grown};
      height++;
    }
    return new Seats(put(grown, height, rowNumber, row), height, count, next, number);
  }

  private static Object[] put(Object[] block, int level, int number, Object[] row) {
    int place = place(number, level);
    Object[] next = Arrays.copyOf(block, Math.max(block.length, place + 1));
    if (level == 1) {
      next[place] = row;
    } else {
      Object below = Objects.requireNonNullElse(next[place], EMPTY);
      next[place] = put((Object[]) below, level - 1, number, row);
    }
    return next;
  }

  /** Each who sits there changed, in order. */
  Seats mapped(UnaryOperator<Participant> change) {
    Seats whole = taking(rowNumber);
    Object[] changed = mapped(whole.root, whole.depth, change);
    return new Seats(changed, whole.depth, count, row(changed, whole.depth, rowNumber), rowNumber);
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
