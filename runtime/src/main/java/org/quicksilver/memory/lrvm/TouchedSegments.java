package org.quicksilver.memory.lrvm;

import java.util.HashSet;
import java.util.Set;

/**
 * Which segments and regions the log, or what is pending, has bytes of since its last epoch. Used
 * under the lock of {@link CommitLog}.
 */
final class TouchedSegments {

  private final Set<Integer> segments = new HashSet<>();
  private final Set<LrvmRegion> regions = new HashSet<>();

  /** Adds those of a transaction; true if a region now has more in the log than it should. */
  boolean add(LrvmTransaction transaction) {
    boolean tooMuch = false;
    for (DeclaredRanges part : transaction.parts()) {
      segments.add(part.region().segment());
      regions.add(part.region());
      tooMuch |= part.region().log(part.size());
    }
    return tooMuch;
  }

  void add(StoredContent content) {
    content.all().forEach(range -> segments.add(range.segment()));
  }

  boolean has(int segment) {
    return segments.contains(segment);
  }

  /**
   * Begins another epoch; returns the segments of the one that ends.
   *
   * @param pending whether something is pending, of which nobody knows what it touches
   */
  Set<Integer> nextEpoch(boolean pending) {
    Set<Integer> ending = new HashSet<>(segments);
    if (!pending) {
      segments.clear();
    }
    regions.forEach(LrvmRegion::truncated);
    regions.clear();
    return ending;
  }

  /** The epoch that had them could not be applied. */
  void giveBack(Set<Integer> ending) {
    segments.addAll(ending);
  }
}
