package org.quicksilver.memory;

/**
 * How a region is mapped and treated.
 *
 * @param createSegment a segment that is missing is made, one that is too short is lengthened, with
 *     zeros that have their place on the disk; otherwise that is an error
 * @param mapping how its bytes get into memory
 * @param mergeRanges ranges of one transaction that overlap or touch are logged as one; without it
 *     each is logged as declared: more log, less to do for ranges known to be apart
 * @param truncationThreshold bytes in the log for this region from which on it is truncated, though
 *     the whole log has room; too small and the log is always being truncated, too large and a
 *     restart takes longer; zero leaves it to {@link MemoryOptions#truncationThreshold}
 */
public record RegionOptions(
    boolean createSegment, Mapping mapping, boolean mergeRanges, long truncationThreshold) {

  /** How a region's bytes get into memory. Neither ever lets uncommitted ones out. */
  public enum Mapping {
    /**
     * The file system's pages, copied when they are first stored into: mapping costs nothing, and
     * what is not touched needs no memory.
     */
    ON_DEMAND,

    /** A copy made when it is mapped: costs a read of all of it, and no page fault later. */
    COPY
  }

  /** Checks the threshold. */
  public RegionOptions {
    if (truncationThreshold < 0) {
      throw new IllegalArgumentException("truncation threshold " + truncationThreshold);
    }
  }

  /** The segment must exist; on demand; merging; the log's threshold. */
  public static RegionOptions defaults() {
    return new RegionOptions(false, Mapping.ON_DEMAND, true, 0);
  }

  /** The same, save that the segment is made if it is missing. */
  public static RegionOptions creating() {
    return new RegionOptions(true, Mapping.ON_DEMAND, true, 0);
  }

  /** With another way into memory. */
  public RegionOptions withMapping(Mapping other) {
    return new RegionOptions(createSegment, other, mergeRanges, truncationThreshold);
  }

  /** With or without merging. */
  public RegionOptions withMergeRanges(boolean merge) {
    return new RegionOptions(createSegment, mapping, merge, truncationThreshold);
  }

  /** With a threshold of its own. */
  public RegionOptions withTruncationThreshold(long bytes) {
    return new RegionOptions(createSegment, mapping, mergeRanges, bytes);
  }
}
