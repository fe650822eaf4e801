package org.quicksilver.memory.lrvm;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.quicksilver.memory.NotMappedException;
import org.quicksilver.memory.RegionInUseException;
import org.quicksilver.memory.RegionOptions;
import org.quicksilver.memory.RegionQuery;
import org.quicksilver.memory.SegmentRange;
import org.quicksilver.memory.storage.MappedRegion;
import org.quicksilver.memory.storage.WideBuffer;

/** A mapped range of a segment. */
final class LrvmRegion extends MappedRegion {

  private final Lrvm owner;
  private final int segment;
  private final Set<Long> transactions = new TreeSet<>();
  private volatile RegionOptions options;
  private long logged;

  LrvmRegion(
      Lrvm owner, int segment, SegmentRange range, RegionOptions options, WideBuffer memory) {
    super(range, memory);
    this.owner = owner;
    this.segment = segment;
    this.options = options;
  }

  Lrvm owner() {
    return owner;
  }

  int segment() {
    return segment;
  }

  RegionOptions options() {
    return options;
  }

  void options(RegionOptions other) {
    options = other;
  }

  /** A transaction has its first range in it. */
  synchronized void enter(long transaction) {
    memory();
    transactions.add(transaction);
  }

  synchronized void leave(long transaction) {
    transactions.remove(transaction);
  }

  synchronized RegionQuery query() {
    memory();
    return new RegionQuery(options, List.copyOf(transactions));
  }

  /**
   * Not mapped any more, unless it is in use.
   *
   * @throws NotMappedException if it was not mapped
   */
  synchronized void unmap() {
    memory();
    if (!transactions.isEmpty()) {
      throw new RegionInUseException(
          this
              + " cannot be unmapped: transactions "
              + transactions
              + " have ranges in it; end them first");
    }
    release();
  }

  /** Not mapped any more, whoever uses it. */
  synchronized void abandon() {
    release();
  }

  /** Counts bytes in the log; true if they are more than its options allow. */
  boolean log(long bytes) {
    logged += bytes;
    long threshold = options.truncationThreshold();
    return threshold > 0 && logged > threshold;
  }

  /** The log was truncated up to now. */
  void truncated() {
    logged = 0;
  }

  @Override
  public void close() {
    if (isMapped()) {
      owner.unmap(this);
    }
  }
}
