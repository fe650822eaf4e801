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

  /** Bytes that are copied by one turn of the loop. */
  private static final int UNROLLED = 8 * Long.BYTES;

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
   * Copies words into the log; returns their sum. Each is read once: who changes them meanwhile,
   * which is forbidden, does not make the entry look damaged.
   *
   * <p>Eight words after another, since most ranges are short: before and after a loop the compiler
   * does more than in it. It knows that what {@code >>>} yields is not negative, and checks less.
   *
   * @param from a multiple of eight, as are {@code at} and {@code length}: all count bytes
   */
  static long copy(LongBuffer source, int from, LongBuffer log, int at, int length) {
    long sum = 0;
    long sums = 0;
    int i = 0;
    for (; i <= length - UNROLLED; i += UNROLLED) {
      int s = from + i >>> 3;
      int t = at + i >>> 3;
      long word = source.get(s);
      log.put(t, word);
      sums += sum += word;
      word = source.get(s + 1);
      log.put(t + 1, word);
      sums += sum += word;
      word = source.get(s + 2);
      log.put(t + 2, word);
      sums += sum += word;
      word = source.get(s + 3);
      log.put(t + 3, word);
      sums += sum += word;
      word = source.get(s + 4);
      log.put(t + 4, word);
      sums += sum += word;
      word = source.get(s + 5);
      log.put(t + 5, word);
      sums += sum += word;
      word = source.get(s + 6);
      log.put(t + 6, word);
      sums += sum += word;
      word = source.get(s + 7);
      log.put(t + 7, word);
      sums += sum += word;
    }
    for (; i < length; i += Long.BYTES) {
      long word = source.get(from + i >>> 3);
      log.put(at + i >>> 3, word);
      sums += sum += word;
    }
    return sum * ONE + ((sums + sum) * TWO << 1);
  }

  /** Adds the rest, less than a word. The one factor is odd, the other even: their sum is odd. */
  private static long sum(long sum, long sums, ByteBuffer log, int at, int rest) {
    long last = rest == 0 ? 0 : (long) LONG.get(log, at) & (1L << Byte.SIZE * rest) - 1;
    return (sum + last) * ONE + ((sums + sum + last) * TWO << 1);
  }
}
