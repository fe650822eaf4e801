package org.quicksilver.memory.storage;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.MappedByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Memory of any length, made of buffers: one buffer of Java ends at 2 GiB. Little-endian. Like a
 * buffer it is not safe for threads that write and read the same bytes, but all accesses are by
 * offset: there is no position to share.
 */
public final class WideBuffer {

  /** Bytes of a piece; only the last may be shorter. */
  public static final int PIECE = 1 << 30;

  private final ByteBuffer[] pieces;
  private final @Nullable LongBuffer[] words;
  private final int shift;
  private final int mask;
  private final long length;

  private WideBuffer(ByteBuffer[] pieces, int shift, long length) {
    this.pieces = pieces;
    this.words = Arrays.stream(pieces).map(WideBuffer::words).toArray(LongBuffer[]::new);
    this.shift = shift;
    this.mask = (1 << shift) - 1;
    this.length = length;
  }

  /** As words, if it begins where a word does, which the heap does not promise. */
  private static @Nullable LongBuffer words(ByteBuffer piece) {
    return piece.isDirect() && piece.alignmentOffset(0, Long.BYTES) == 0
        ? piece.asLongBuffer()
        : null;
  }

  /** Of pieces of {@link #PIECE} bytes. */
  static WideBuffer of(ByteBuffer[] pieces, long length) {
    return of(pieces, Integer.numberOfTrailingZeros(PIECE), length);
  }

  /** Of pieces of two to the power of {@code shift}, at least 8, bytes: a small one for tests. */
  public static WideBuffer of(ByteBuffer[] pieces, int shift, long length) {
    ByteBuffer[] own = new ByteBuffer[pieces.length];
    for (int i = 0; i < own.length; i++) {
      own[i] = pieces[i].order(ByteOrder.LITTLE_ENDIAN);
    }
    return new WideBuffer(own, shift, length);
  }

  /** Zeros outside of the heap. */
  public static WideBuffer allocate(long length) {
    ByteBuffer[] pieces = new ByteBuffer[piecesOf(length)];
    for (int i = 0; i < pieces.length; i++) {
      pieces[i] = ByteBuffer.allocateDirect((int) Math.min(PIECE, length - (long) i * PIECE));
    }
    return of(pieces, length);
  }

  static int piecesOf(long length) {
    return Math.toIntExact((length + PIECE - 1) >>> Integer.numberOfTrailingZeros(PIECE));
  }

  /** Bytes. */
  public long length() {
    return length;
  }

  private ByteBuffer piece(long offset) {
    return pieces[(int) (offset >>> shift)];
  }

  /**
   * The piece that all of a stretch lies in, as words; null if it is not made of whole words of one
   * piece. A stretch outside of this memory is noticed when it is accessed.
   */
  public @Nullable LongBuffer wordsOf(long offset, int count) {
    int place = (int) offset & mask;
    return (place & 7 | count & 7) == 0 && count <= mask + 1 - place
        ? words[(int) (offset >>> shift)]
        : null;
  }

  /** Where in its piece a byte lies. */
  public int placeOf(long offset) {
    return (int) offset & mask;
  }

  /** How many of that many bytes from there on lie in one piece. */
  private int together(long offset, int wanted) {
    return Math.min(wanted, mask + 1 - ((int) offset & mask));
  }

  /** One byte. */
  public byte get(long offset) {
    Objects.checkIndex(offset, length);
    return piece(offset).get((int) offset & mask);
  }

  /** Stores one byte. */
  public void put(long offset, byte value) {
    Objects.checkIndex(offset, length);
    piece(offset).put((int) offset & mask, value);
  }

  /** Two bytes. */
  public short getShort(long offset) {
    Objects.checkFromIndexSize(offset, Short.BYTES, length);
    return together(offset, Short.BYTES) == Short.BYTES
        ? piece(offset).getShort((int) offset & mask)
        : (short) gather(offset, Short.BYTES);
  }

  /** Stores two bytes. */
  public void putShort(long offset, short value) {
    Objects.checkFromIndexSize(offset, Short.BYTES, length);
    if (together(offset, Short.BYTES) == Short.BYTES) {
      piece(offset).putShort((int) offset & mask, value);
    } else {
      scatter(offset, Short.BYTES, value);
    }
  }

  /** Four bytes. */
  public int getInt(long offset) {
    Objects.checkFromIndexSize(offset, Integer.BYTES, length);
    return together(offset, Integer.BYTES) == Integer.BYTES
        ? piece(offset).getInt((int) offset & mask)
        : (int) gather(offset, Integer.BYTES);
  }

  /** Stores four bytes. */
  public void putInt(long offset, int value) {
    Objects.checkFromIndexSize(offset, Integer.BYTES, length);
    if (together(offset, Integer.BYTES) == Integer.BYTES) {
      piece(offset).putInt((int) offset & mask, value);
    } else {
      scatter(offset, Integer.BYTES, value);
    }
  }

  /** Eight bytes. */
  public long getLong(long offset) {
    Objects.checkFromIndexSize(offset, Long.BYTES, length);
    return together(offset, Long.BYTES) == Long.BYTES
        ? piece(offset).getLong((int) offset & mask)
        : gather(offset, Long.BYTES);
  }

  /** Stores eight bytes. */
  public void putLong(long offset, long value) {
    Objects.checkFromIndexSize(offset, Long.BYTES, length);
    if (together(offset, Long.BYTES) == Long.BYTES) {
      piece(offset).putLong((int) offset & mask, value);
    } else {
      scatter(offset, Long.BYTES, value);
    }
  }

  private long gather(long offset, int bytes) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (get(offset + i) & 0xFFL) << (8 * i);
    }
    return value;
  }

  private void scatter(long offset, int bytes, long value) {
    for (int i = 0; i < bytes; i++) {
      put(offset + i, (byte) (value >>> (8 * i)));
    }
  }

  /** Fills the buffer: as many bytes as it has remaining. */
  public void get(long offset, ByteBuffer into) {
    int left = into.remaining();
    Objects.checkFromIndexSize(offset, left, length);
    for (long at = offset; left > 0; ) {
      int now = together(at, left);
      into.put(into.position(), piece(at), (int) at & mask, now);
      into.position(into.position() + now);
      at += now;
      left -= now;
    }
  }

  /** Stores the buffer's remaining bytes. */
  public void put(long offset, ByteBuffer from) {
    int left = from.remaining();
    Objects.checkFromIndexSize(offset, left, length);
    for (long at = offset; left > 0; ) {
      int now = together(at, left);
      piece(at).put((int) at & mask, from, from.position(), now);
      from.position(from.position() + now);
      at += now;
      left -= now;
    }
  }

  /** Fills a part of an array. */
  public void get(long offset, byte[] into, int from, int count) {
    Objects.checkFromIndexSize(offset, count, length);
    for (int done = 0; done < count; ) {
      int now = together(offset + done, count - done);
      piece(offset + done).get((int) (offset + done) & mask, into, from + done, now);
      done += now;
    }
  }

  /** Stores a part of an array. */
  public void put(long offset, byte[] source, int from, int count) {
    Objects.checkFromIndexSize(offset, count, length);
    int place = (int) offset & mask;
    if (count > 0 && count <= mask + 1 - place) {
      piece(offset).put(place, source, from, count);
      return;
    }
    for (int done = 0; done < count; ) {
      int now = together(offset + done, count - done);
      piece(offset + done).put((int) (offset + done) & mask, source, from + done, now);
      done += now;
    }
  }

  /** Copies bytes from there to an absolute place of a buffer; moves no position. */
  public void copyTo(ByteBuffer into, int index, long offset, int count) {
    Objects.checkFromIndexSize(offset, count, length);
    for (int done = 0; done < count; ) {
      int now = together(offset + done, count - done);
      into.put(index + done, piece(offset + done), (int) (offset + done) & mask, now);
      done += now;
    }
  }

  /** Copies bytes there from an absolute place of a buffer; moves no position. */
  public void copyFrom(ByteBuffer from, int index, long offset, int count) {
    Objects.checkFromIndexSize(offset, count, length);
    for (int done = 0; done < count; ) {
      int now = together(offset + done, count - done);
      piece(offset + done).put((int) (offset + done) & mask, from, index + done, now);
      done += now;
    }
  }

  /**
   * A part as a buffer that shares the memory, little-endian.
   *
   * @throws UnsupportedOperationException if it does not lie in one piece
   */
  public ByteBuffer view(long offset, int count) {
    Objects.checkFromIndexSize(offset, count, length);
    if (together(offset, count) < count) {
      throw new UnsupportedOperationException(
          count + " bytes at " + offset + " lie in two pieces of memory: copy them instead");
    }
    return count == 0
        ? ByteBuffer.allocate(0)
        : piece(offset).slice((int) offset & mask, count).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Makes what was stored into a shared mapping survive a power failure; nothing to do for others.
   */
  public void force() {
    for (ByteBuffer piece : pieces) {
      if (piece instanceof MappedByteBuffer mapped) {
        mapped.force();
      }
    }
  }
}
