package org.quicksilver.memory;

import java.nio.file.Path;

/**
 * A range of a segment: of a file that holds nothing but the bytes of memory.
 *
 * @param segment the file; made absolute and normal
 * @param offset of its first byte in the file
 * @param length in bytes, at least one
 */
public record SegmentRange(Path segment, long offset, long length) {

  /** Checks the numbers. */
  public SegmentRange {
    segment = segment.toAbsolutePath().normalize();
    if (offset < 0 || length < 1 || offset > Long.MAX_VALUE - length) {
      throw new IllegalArgumentException(
          "offset " + offset + ", length " + length + ": no range of a segment");
    }
  }

  /** Of the byte behind it. */
  public long end() {
    return offset + length;
  }

  /** Whether they have a byte in common. */
  public boolean overlaps(SegmentRange other) {
    return segment.equals(other.segment) && offset < other.end() && other.offset < end();
  }

  @Override
  public String toString() {
    return segment + " [" + offset + ", " + end() + ")";
  }
}
