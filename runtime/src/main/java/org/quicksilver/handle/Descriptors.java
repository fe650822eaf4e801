package org.quicksilver.handle;

import java.util.Arrays;

/**
 * Numbers of up to three descriptors in one {@code long}: for handles that have several, or whose
 * number is not that of their slot.
 */
public final class Descriptors {

  private static final int BITS = 21;
  private static final int MOST = 64 / BITS;
  private static final int MASK = (1 << BITS) - 1;

  private Descriptors() {}

  /** Packs them; negative numbers, very large ones and those after the third are left out. */
  public static long pack(int... numbers) {
    long packed = 0;
    int count = 0;
    for (int number : numbers) {
      if (number >= 0 && number < MASK && count < MOST) {
        packed |= (number + 1L) << BITS * count++;
      }
    }
    return packed;
  }

  /** What was packed, in its order. */
  public static int[] unpack(long packed) {
    int[] numbers = new int[MOST];
    int count = 0;
    for (long rest = packed; count < MOST && (rest & MASK) != 0; rest >>>= BITS) {
      numbers[count++] = (int) (rest & MASK) - 1;
    }
    return Arrays.copyOf(numbers, count);
  }

  /** Those that {@link HandleRecord#extra} names; none for a kind whose extra is something else. */
  public static int[] of(HandleKind kind, long extra) {
    return switch (kind) {
      case DIRECTORY, WATCH_SERVICE, SELECTOR, CHANNEL_GROUP -> unpack(extra);
      case FILE,
          SOCKET,
          LISTENER,
          WINDOW,
          PROCESS,
          TEMP_FILE,
          ARCHIVE,
          LOCK,
          MAPPING,
          DATAGRAM,
          PIPE,
          TRAY_ICON ->
          new int[0];
    };
  }
}
