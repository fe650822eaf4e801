package org.quicksilver.transaction;

import org.jspecify.annotations.Nullable;

/**
 * An immutable map from numbers to values: a change copies one path of it and shares the rest, so
 * that it costs nearly the same for ten entries as for ten thousand.
 *
 * <p>Each level looks at the next five bits of the number, the lowest first; only children that are
 * there take room.
 *
 * <p>Source: Bagwell, Ideal Hash Trees, 2001.
 *
 * @param <V> what the numbers lead to
 */
final class IntTrie<V> {

  private static final int BITS = 5;
  private static final int MASK = (1 << BITS) - 1;
  private static final IntTrie<?> EMPTY = new IntTrie<>(0, new Object[0]);

  private record Leaf(int key, Object value) {
    Leaf leadingTo(Object next) {
      return next == value ? this : new Leaf(key, next);
    }
  }

  /** Which of the 32 possible children there are. */
  private final int present;

  /** They, in order: a {@link Leaf}, or the next level. */
  private final Object[] children;

  private IntTrie(int present, Object[] children) {
    this.present = present;
    this.children = children;
  }

  @SuppressWarnings("unchecked") // Nothing is in it.
  static <V> IntTrie<V> empty() {
    return (IntTrie<V>) EMPTY;
  }

  @SuppressWarnings("unchecked") // Only with(..) makes leaves.
  @Nullable V find(int key) {
    IntTrie<?> level = this;
    for (int bits = key; ; bits >>>= BITS) {
      int bit = 1 << (bits & MASK);
      if ((level.present & bit) == 0) {
        return null;
      }
      Object child = level.children[level.place(bit)];
      if (child instanceof Leaf leaf) {
        return leaf.key == key ? (V) leaf.value : null;
      }
      level = (IntTrie<?>) child;
    }
  }

  IntTrie<V> with(int key, V value) {
    return with(new Leaf(key, value), 0);
  }

  private IntTrie<V> with(Leaf leaf, int shift) {
    int bit = bit(leaf.key, shift);
    int place = place(bit);
    if ((present & bit) == 0) {
      return new IntTrie<>(present | bit, inserted(place, leaf));
    }
    Object child = children[place];
    return replaced(
        place,
        child instanceof Leaf other
            ? (other.key == leaf.key ? leaf : both(other, leaf, shift + BITS))
            : ((IntTrie<?>) child).with(leaf, shift + BITS));
  }

  private static IntTrie<?> both(Leaf one, Leaf other, int shift) {
    return IntTrie.<Object>empty().with(one, shift).with(other, shift);
  }

  /** With other values for all that is there, each in the place of its number; at one go. */
  IntTrie<V> with(V[] values) {
    Object[] next = children.clone();
    for (int i = 0; i < next.length; i++) {
      next[i] =
          next[i] instanceof Leaf leaf
              ? leaf.leadingTo(values[leaf.key])
              : ((IntTrie<?>) next[i]).withAny(values);
    }
    return new IntTrie<>(present, next);
  }

  @SuppressWarnings("unchecked") // A level of the same map.
  private IntTrie<V> withAny(Object[] values) {
    return with((V[]) values);
  }

  /** Without what the number leads to; it must be there. */
  IntTrie<V> without(int key) {
    return without(key, 0);
  }

  private IntTrie<V> without(int key, int shift) {
    int bit = bit(key, shift);
    int place = place(bit);
    if (children[place] instanceof IntTrie<?> next) {
      IntTrie<?> left = next.without(key, shift + BITS);
      return left.present == 0 ? removed(bit, place) : replaced(place, left);
    }
    return removed(bit, place);
  }

  private static int bit(int key, int shift) {
    return 1 << (key >>> shift & MASK);
  }

  private int place(int bit) {
    return Integer.bitCount(present & bit - 1);
  }

  private Object[] inserted(int place, Object child) {
    Object[] next = new Object[children.length + 1];
    System.arraycopy(children, 0, next, 0, place);
    next[place] = child;
    System.arraycopy(children, place, next, place + 1, children.length - place);
    return next;
  }

  private IntTrie<V> replaced(int place, Object child) {
    Object[] next = children.clone();
    next[place] = child;
    return new IntTrie<>(present, next);
  }

  private IntTrie<V> removed(int bit, int place) {
    Object[] next = new Object[children.length - 1];
    System.arraycopy(children, 0, next, 0, place);
    System.arraycopy(children, place + 1, next, place, next.length - place);
    return new IntTrie<>(present & ~bit, next);
  }
}
