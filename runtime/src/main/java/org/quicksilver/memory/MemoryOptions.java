package org.quicksilver.memory;

import java.time.Duration;

/**
 * How a recoverable memory works; may be changed while it does. An engine takes no notice of what
 * it does not have: Vista has neither log to truncate nor queue.
 *
 * @param truncationThreshold part of the log, above 0 and up to 1, that may be filled before it is
 *     truncated in the background; too small and the same bytes are written to the segments again
 *     and again, too large and commits have to wait for room
 * @param buffer most bytes committed with {@link CommitMode#NO_FLUSH} that are kept in memory
 *     before they are written; too small and there is little to merge, too large and it is memory
 *     and a longer flush
 * @param longestDelay how long what was committed with {@link CommitMode#NO_FLUSH} stays in danger:
 *     after that it is flushed without being asked; zero: until the next flush or flushed commit
 * @param mergeTransactions what several {@link CommitMode#NO_FLUSH} transactions wrote to the same
 *     bytes is logged once, as one record
 */
public record MemoryOptions(
    double truncationThreshold, long buffer, Duration longestDelay, boolean mergeTransactions) {

  /** Checks the numbers. */
  public MemoryOptions {
    if (!(truncationThreshold > 0 && truncationThreshold <= 1)) {
      throw new IllegalArgumentException(
          "truncation threshold " + truncationThreshold + ": must be above 0 and at most 1");
    }
    if (buffer < 1) {
      throw new IllegalArgumentException("buffer of " + buffer + " bytes");
    }
    if (longestDelay.isNegative()) {
      throw new IllegalArgumentException("longest delay " + longestDelay);
    }
  }

  /** Half the log, 8 MiB, no flush without being asked, merging. */
  public static MemoryOptions defaults() {
    return new MemoryOptions(0.5, 8 << 20, Duration.ZERO, true);
  }

  /** With another threshold. */
  public MemoryOptions withTruncationThreshold(double part) {
    return new MemoryOptions(part, buffer, longestDelay, mergeTransactions);
  }

  /** With another buffer. */
  public MemoryOptions withBuffer(long bytes) {
    return new MemoryOptions(truncationThreshold, bytes, longestDelay, mergeTransactions);
  }

  /** With another bound of the window of vulnerability. */
  public MemoryOptions withLongestDelay(Duration delay) {
    return new MemoryOptions(truncationThreshold, buffer, delay, mergeTransactions);
  }

  /** With or without merging. */
  public MemoryOptions withMergeTransactions(boolean merge) {
    return new MemoryOptions(truncationThreshold, buffer, longestDelay, merge);
  }
}
