package org.quicksilver.memory;

import java.nio.ByteBuffer;

/**
 * A range of a segment as memory, of any length; offsets count from its beginning. Numbers lie in
 * it in little-endian order, at any offset. As safe for threads as an array: who writes and who
 * reads at the same time must be kept apart by the caller.
 *
 * <p>Every access throws {@link NotMappedException} once the region is unmapped, and {@link
 * IndexOutOfBoundsException} if it is not wholly inside.
 */
public interface Region extends AutoCloseable {

  /** Which range of which segment. */
  SegmentRange range();

  /** Bytes. */
  default long length() {
    return range().length();
  }

  /** Whether it can be used. */
  boolean isMapped();

  /** One byte. */
  byte get(long offset);

  /** Stores one byte. */
  void put(long offset, byte value);

  /** Two bytes. */
  short getShort(long offset);

  /** Stores two bytes. */
  void putShort(long offset, short value);

  /** Four bytes. */
  int getInt(long offset);

  /** Stores four bytes. */
  void putInt(long offset, int value);

  /** Eight bytes. */
  long getLong(long offset);

  /** Stores eight bytes. */
  void putLong(long offset, long value);

  /** Eight bytes as a number with a fraction. */
  default double getDouble(long offset) {
    return Double.longBitsToDouble(getLong(offset));
  }

  /** Stores eight bytes. */
  default void putDouble(long offset, double value) {
    putLong(offset, Double.doubleToRawLongBits(value));
  }

  /** Fills the buffer: as many bytes as it has remaining. */
  void get(long offset, ByteBuffer into);

  /** Stores the buffer's remaining bytes. */
  void put(long offset, ByteBuffer from);

  /** Fills the array. */
  default void get(long offset, byte[] into) {
    get(offset, ByteBuffer.wrap(into));
  }

  /** Stores the whole array. */
  default void put(long offset, byte[] from) {
    put(offset, ByteBuffer.wrap(from));
  }

  /**
   * A part of it as a buffer that shares its memory, little-endian. Only for parts that do not
   * cross a multiple of one GiB from the beginning of the region; a buffer outlives {@link #close},
   * but then leads nowhere.
   *
   * @throws UnsupportedOperationException if the part crosses one: use {@link #get(long,
   *     ByteBuffer)}
   */
  ByteBuffer view(long offset, int length);

  /**
   * Unmaps it; does nothing if it is unmapped.
   *
   * @throws RegionInUseException while a transaction has ranges in it
   */
  @Override
  void close();
}
