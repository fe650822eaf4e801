package org.quicksilver.memory.storage;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.quicksilver.memory.NotMappedException;
import org.quicksilver.memory.Region;
import org.quicksilver.memory.SegmentRange;

/**
 * The memory side of a region, the same in every engine. Its memory is not given back to the system
 * by unmapping but by the collector: a thread that still used it would die with the whole process.
 */
public abstract class MappedRegion implements Region {

  private final SegmentRange range;
  private @Nullable WideBuffer memory;

  /** Mapped. */
  protected MappedRegion(SegmentRange range, WideBuffer memory) {
    this.range = range;
    this.memory = memory;
  }

  /**
   * The memory itself, for the engine.
   *
   * @throws NotMappedException if there is none
   */
  public final WideBuffer memory() {
    WideBuffer now = memory;
    if (now == null) {
      throw new NotMappedException("region " + range + " is not mapped any more: map it again");
    }
    return now;
  }

  /** Every access from now on is an error; another thread may notice a little later. */
  protected final void release() {
    memory = null;
  }

  @Override
  public final SegmentRange range() {
    return range;
  }

  @Override
  public final boolean isMapped() {
    return memory != null;
  }

  @Override
  public final byte get(long offset) {
    return memory().get(offset);
  }

  @Override
  public final void put(long offset, byte value) {
    memory().put(offset, value);
  }

  @Override
  public final short getShort(long offset) {
    return memory().getShort(offset);
  }

  @Override
  public final void putShort(long offset, short value) {
    memory().putShort(offset, value);
  }

  @Override
  public final int getInt(long offset) {
    return memory().getInt(offset);
  }

  @Override
  public final void putInt(long offset, int value) {
    memory().putInt(offset, value);
  }

  @Override
  public final long getLong(long offset) {
    return memory().getLong(offset);
  }

  @Override
  public final void putLong(long offset, long value) {
    memory().putLong(offset, value);
  }

  @Override
  public final void get(long offset, ByteBuffer into) {
    memory().get(offset, into);
  }

  @Override
  public final void put(long offset, ByteBuffer from) {
    memory().put(offset, from);
  }

  @Override
  public final void get(long offset, byte[] into) {
    memory().get(offset, into, 0, into.length);
  }

  @Override
  public final void put(long offset, byte[] from) {
    memory().put(offset, from, 0, from.length);
  }

  @Override
  public final ByteBuffer view(long offset, int length) {
    return memory().view(offset, length);
  }

  @Override
  public final String toString() {
    return "region " + range;
  }
}
