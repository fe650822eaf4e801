package org.quicksilver.memory.vista;

import static org.quicksilver.memory.vista.VistaFormat.LONG;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;

/**
 * What tells an undo entry that is as it was written from any other: 31 bits over all that it says,
 * its old bytes, its place and its transaction, so that neither a flipped bit passes nor what an
 * earlier transaction left in a chunk.
 *
 * <p>Not a CRC: the bytes are summed while they are copied, eight at a time, and the sums are
 * summed, so that order counts. Whatever changes within eight bytes changes the 64 bits that the
 * check is made of.
 */
final class EntryCheck {

  private static final long ONE = 0x9E3779B97F4A7C15L;
  private static final long TWO = 0xC2B2AE3D27D4EB4FL;
  private static final long THREE = 0x165667B19E3779F9L;

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
    long sum = 0;
    long sums = 0;
    int i = 0;
    for (; i <= length - Long.BYTES; i += Long.BYTES) {
      sum += (long) LONG.get(log, at + i);
      sums += sum;
    }
    return sum(sum, sums, log, at + i, length - i);
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
    long sum = 0;
    long sums = 0;
    int i = 0;
    for (; i <= length - Long.BYTES; i += Long.BYTES) {
      long word = (long) LONG.get(source, from + i);
      words.put(at + i >> 3, word);
      sum += word;
      sums += sum;
    }
    if (i < length) {
      log.put(at + i, source, from + i, length - i);
    }
    return sum(sum, sums, log, at + i, length - i);
  }

  /** Adds the rest, less than a word. The one factor is odd, the other even: their sum is odd. */
  private static long sum(long sum, long sums, ByteBuffer log, int at, int rest) {
    long last = rest == 0 ? 0 : (long) LONG.get(log, at) & (1L << Byte.SIZE * rest) - 1;
    return (sum + last) * ONE + ((sums + sum + last) * TWO << 1);
  }
}
