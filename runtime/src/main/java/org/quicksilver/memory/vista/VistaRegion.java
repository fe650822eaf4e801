package org.quicksilver.memory.vista;

import org.quicksilver.memory.NotMappedException;
import org.quicksilver.memory.OutOfRegionException;
import org.quicksilver.memory.RegionOptions;
import org.quicksilver.memory.storage.MappedRegion;

/** A region of Vista: its memory is the segment's. */
final class VistaRegion extends MappedRegion {

  private final Vista vista;
  private final int number;
  private final int segment;
  private final Segment.Mapping mapping;
  private final long start;
  private final long size;
  private volatile RegionOptions options;
  private volatile boolean closing;

  VistaRegion(
      Vista vista, int number, int segment, Segment.Mapping mapping, RegionOptions options) {
    super(mapping.range(), mapping.memory());
    this.vista = vista;
    this.number = number;
    this.segment = segment;
    this.mapping = mapping;
    this.start = mapping.range().offset();
    this.size = mapping.range().length();
    this.options = options;
  }

  boolean isOf(Vista other) {
    return vista == other;
  }

  /** Above 0, and another one for each region that this memory maps. */
  int number() {
    return number;
  }

  int segment() {
    return segment;
  }

  Segment.Mapping mapping() {
    return mapping;
  }

  RegionOptions options() {
    return options;
  }

  void options(RegionOptions now) {
    options = now;
  }

  /** Saves old bytes; from then on they may be changed. */
  void save(UndoSlot slot, long offset, long length) {
    if (offset < 0 || length < 0 || offset > size - length) {
      throw new OutOfRegionException(
          "offset " + offset + ", length " + length + " do not lie in " + this);
    }
    slot.save(memory(), offset, segment, start + offset, length);
  }

  /** From now on no transaction begins to have ranges in it, unless it stays after all. */
  void closing(boolean whether) {
    closing = whether;
  }

  /** Asked after the transaction has said that it has ranges in it. */
  void checkOpen() {
    if (closing) {
      throw new NotMappedException(this + " is being unmapped");
    }
  }

  void end() {
    release();
  }

  @Override
  public void close() {
    if (isMapped()) {
      vista.unmap(this);
    }
  }
}
