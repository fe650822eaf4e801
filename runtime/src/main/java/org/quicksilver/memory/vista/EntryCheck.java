package org.quicksilver.memory.vista;

import static org.quicksilver.memory.vista.VistaFormat.LONG;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;

/**
 * What tells an undo entry that is as it was written from any other: 31 bits over all that it says,
 * its old bytes, its place and its transaction, so that neither a flipped bit passes nor what an
 * earlier transaction left in a chunk.
 *
 * <p>Not a CRC: the bytes are summed while they are copied, eight at a time and in two lanes, which
 * adds a tenth to a commit; to call the CRC32C of the library for 64 bytes adds a third. Each step
 * is a bijection, so a change within eight bytes always changes the 64 bits that the check is made
 * of.
 */
final class EntryCheck {

  private static final long ONE = 0x9E3779B97F4A7C15L;
  private static final long TWO = 0xC2B2AE3D27D4EB4FL;
  private static final long THREE = 0x165667B19E3779F9L;
  private static final int LANES = 2 * Long.BYTES;

  private EntryCheck() {}

  /** Over the numbers of an entry and the sum of its bytes. */
  static int of(long tid, int at, long previousAndLength, int segment, long offset, long sum) {
    long mixed =
        previousAndLength * ONE
            ^ (offset + at) * TWO
            ^ (tid + ((long) segment << 40)) * THREE
            ^ sum;
    return (int) ((mixed ^ mixed >>> 32) * ONE >>> 32) | 1;
  }

  /** The sum of bytes of the log, from a multiple of eight on. */
  static long sum(ByteBuffer log, int at, int length) {
    long one = ONE;
    long two = TWO;
    int i = 0;
    for (; i <= length - LANES; i += LANES) {
      one = (one ^ (long) LONG.get(log, at + i)) * ONE;
      two = (two ^ (long) LONG.get(log, at + i + Long.BYTES)) * TWO;
    }
    return sum(one, two, log, at + i, length - i);
  }

  /**
   * Copies bytes into the log; returns their sum. Each is read once: who changes them meanwhile,
   * which is forbidden, does not make the entry look damaged.
   *
   * @param words the log
   * @param at a multiple of eight
   */
  static long copy(
      ByteBuffer source, int from, LongBuffer words, ByteBuffer log, int at, int length) {
    long one = ONE;
    long two = TWO;
    int i = 0;
    for (; i <= length - LANES; i += LANES) {
      long first = (long) LONG.get(source, from + i);
      long second = (long) LONG.get(source, from + i + Long.BYTES);
      words.put(at + i >> 3, first);
      words.put((at + i >> 3) + 1, second);
      one = (one ^ first) * ONE;
      two = (two ^ second) * TWO;
    }
    if (i < length) {
      log.put(at + i, source, from + i, length - i);
    }
    return sum(one, two, log, at + i, length - i);
  }

  /** Adds the rest, less than two words, and makes one of two lanes. */
  private static long sum(long one, long two, ByteBuffer log, int at, int rest) {
    long first = one;
    long second = two;
    if (rest >= Long.BYTES) {
      first = (first ^ (long) LONG.get(log, at)) * ONE;
    }
    int odd = rest & Long.BYTES - 1;
    if (odd > 0) {
      long last = (long) LONG.get(log, at + rest - odd);
      second = (second ^ last & (1L << Byte.SIZE * odd) - 1) * TWO;
    }
    return first * THREE ^ second;
  }
}
