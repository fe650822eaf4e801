package org.quicksilver.transaction;

import org.jspecify.annotations.Nullable;

/**
 * Where each of many sits, by name. Immutable; a change copies one path and shares the rest, so
 * that it costs nearly the same for ten names as for ten thousand.
 *
 * <p>Each level looks at the next five bits of the name's hash, the lowest first; only children
 * that are there take room.
 *
 * <p>Source: Bagwell, Ideal Hash Trees, 2001.
 */
final class Names {

  static final Names NONE = new Names(0, new Object[0]);

  private static final int BITS = 5;
  private static final int MASK = (1 << BITS) - 1;

  /**
   * Where one of them sits.
   *
   * @param hash of the name
   * @param next another one with the same hash
   */
  private record Seat(int hash, ParticipantId id, int number, @Nullable Seat next) {

    @Nullable Seat without(ParticipantId left) {
      if (left.equals(id)) {
        return next;
      }
      return new Seat(hash, id, number, next == null ? null : next.without(left));
    }
  }

  /** Which of the 32 possible children there are. */
  private final int present;

  /** They, in order: a {@link Seat}, or the next level. */
  private final Object[] children;

  private Names(int present, Object[] children) {
    this.present = present;
    this.children = children;
  }

  /** The number of its seat; -1 if it has none. */
  int seatOf(ParticipantId id) {
    int hash = id.hashCode();
    Seat seat = find(hash);
    // Mostly the very name it was told under.
    while (seat != null && seat.id != id && !seat.id.equals(id)) {
      seat = seat.next;
    }
    return seat == null ? -1 : seat.number;
  }

  private @Nullable Seat find(int hash) {
    Names level = this;
    for (int bits = hash; ; bits >>>= BITS) {
      int bit = 1 << (bits & MASK);
      if ((level.present & bit) == 0) {
        return null;
      }
      Object child = level.children[level.place(bit)];
      if (child instanceof Seat seat) {
        return seat.hash == hash ? seat : null;
      }
      level = (Names) child;
    }
  }

  /** With one that has no seat yet. */
  Names with(ParticipantId id, int number) {
    int hash = id.hashCode();
    return with(new Seat(hash, id, number, find(hash)), 0);
  }

  private Names with(Seat seat, int shift) {
    int bit = bit(seat.hash, shift);
    int place = place(bit);
    if ((present & bit) == 0) {
      return new Names(present | bit, inserted(place, seat));
    }
    Object child = children[place];
    return replaced(
        place,
        child instanceof Seat other
            ? (other.hash == seat.hash ? seat : both(other, seat, shift + BITS))
            : ((Names) child).with(seat, shift + BITS));
  }

  private static Names both(Seat one, Seat other, int shift) {
    return NONE.with(one, shift).with(other, shift);
  }

  /** Without one that has a seat. */
  Names without(ParticipantId id) {
    return without(id, id.hashCode(), 0);
  }

  private Names without(ParticipantId id, int hash, int shift) {
    int bit = bit(hash, shift);
    int place = place(bit);
    if (children[place] instanceof Names next) {
      Names left = next.without(id, hash, shift + BITS);
      return left.present == 0 ? removed(bit, place) : replaced(place, left);
    }
    Seat left = ((Seat) children[place]).without(id);
    return left == null ? removed(bit, place) : replaced(place, left);
  }

  private static int bit(int hash, int shift) {
    return 1 << (hash >>> shift & MASK);
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

  private Names replaced(int place, Object child) {
    Object[] next = children.clone();
    next[place] = child;
    return new Names(present, next);
  }

  private Names removed(int bit, int place) {
    Object[] next = new Object[children.length - 1];
    System.arraycopy(children, 0, next, 0, place);
    System.arraycopy(children, place + 1, next, place, next.length - place);
    return new Names(present & ~bit, next);
  }
}
