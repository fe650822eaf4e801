package org.quicksilver.memory.lrvm;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A page of a segment that the log has bytes for: which ones were taken, and those to be written.
 */
final class TouchedPage {

  static final int SIZE = 4096;
  private static final int WORDS = SIZE / Long.SIZE;

  /** Bytes not yet written to the segment. */
  static final class Image {
    final byte[] bytes = new byte[SIZE];
    final long[] fresh = new long[WORDS];
  }

  private final long key;
  private final long[] covered = new long[WORDS];
  private int missing = SIZE;
  private @Nullable Image image;

  TouchedPage(long key) {
    this.key = key;
  }

  long key() {
    return key;
  }

  @Nullable Image image() {
    return image;
  }

  void image(@Nullable Image other) {
    image = other;
  }

  /** Whether all of these bytes have newer values already. */
  boolean hasAll(int from, int to) {
    if (missing == 0) {
      return true;
    }
    for (int word = from >>> 6; word <= (to - 1) >>> 6; word++) {
      if ((mask(word, from, to) & ~covered[word]) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Takes the bytes that have no newer value. */
  void take(Image into, int from, int to, ByteBuffer source, int at) {
    for (int word = from >>> 6; word <= (to - 1) >>> 6; word++) {
      long mask = mask(word, from, to);
      long fresh = mask & ~covered[word];
      covered[word] |= mask;
      missing -= Long.bitCount(fresh);
      into.fresh[word] |= fresh;
      copy(into.bytes, word << 6, fresh, source, at - from);
    }
  }

  private static void copy(byte[] into, int base, long wanted, ByteBuffer source, int shift) {
    long left = wanted;
    while (left != 0) {
      int first = Long.numberOfTrailingZeros(left);
      long rest = ~(left >>> first);
      int run =
          rest == 0 ? Long.SIZE : Math.min(Long.SIZE - first, Long.numberOfTrailingZeros(rest));
      source.get(base + first + shift, into, base + first, run);
      left = first + run == Long.SIZE ? 0 : left & (-1L << (first + run));
    }
  }

  private static long mask(int word, int from, int to) {
    long mask = -1L;
    if (word == from >>> 6) {
      mask <<= from & 63;
    }
    if (word == (to - 1) >>> 6) {
      mask &= -1L >>> (63 - ((to - 1) & 63));
    }
    return mask;
  }

  /** Puts what is to be written over what the segment has, up to a length. */
  static void overlay(Image image, ByteBuffer page, int at, int length) {
    for (int word = 0; word < WORDS && word << 6 < length; word++) {
      long left = image.fresh[word];
      while (left != 0) {
        int first = Long.numberOfTrailingZeros(left);
        long rest = ~(left >>> first);
        int run =
            rest == 0 ? Long.SIZE : Math.min(Long.SIZE - first, Long.numberOfTrailingZeros(rest));
        page.put(at + (word << 6) + first, image.bytes, (word << 6) + first, run);
        left = first + run == Long.SIZE ? 0 : left & (-1L << (first + run));
      }
    }
  }
}
