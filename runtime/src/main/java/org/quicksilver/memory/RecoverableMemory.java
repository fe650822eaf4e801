package org.quicksilver.memory;

import java.util.List;

/**
 * Recoverable memory, opened by {@code initialize} of one of its engines. Thread-safe. No call of
 * it is broken off by an interrupt; an interrupt is kept for the caller to see.
 *
 * <p>What fails throws a {@link RecoverableMemoryException}: one type for each reason, nothing lost
 * and nothing half done, unless the type says otherwise. Once a write to the log or any force has
 * failed every call but {@link #close}, {@link #statistics} and reading throws {@link
 * MemoryFailedException}.
 *
 * <p>Source: recoverable-memory.md; LRVM, "Interface".
 */
public interface RecoverableMemory extends AutoCloseable {

  /**
   * Makes a range of a segment file memory. What was committed before is in it. What is stored into
   * it reaches the file by transactions only.
   *
   * @throws RegionOverlapException if it overlaps a range that is mapped
   * @throws SegmentMissingException if there is no such file and the options do not say to make one
   * @throws SegmentTooShortException if the file ends before the range does and the options do not
   *     say to lengthen it
   * @throws DiskFullException if the file could not be made as long as that
   */
  Region map(SegmentRange range, RegionOptions options);

  /**
   * Ends the mapping. Stores that no transaction has committed are gone with it.
   *
   * @throws RegionInUseException while a transaction has ranges in it
   * @throws NotMappedException if it is not mapped, or is one of another memory
   */
  void unmap(Region region);

  /** Begins a transaction; it costs nothing until it sets a range. */
  MemoryTransaction beginTransaction(RestoreMode mode);

  /**
   * Makes everything committed so far as durable as {@link #durability} says: ends the window of
   * vulnerability of all that was committed with {@link CommitMode#NO_FLUSH} or {@link
   * CommitMode#OS_BUFFERED}.
   */
  void flush();

  /**
   * Brings everything committed so far into the segments and empties the log. Commits go on
   * meanwhile; theirs are in the log afterwards. An engine without a redo log flushes.
   */
  void truncate();

  /** The options in force. */
  MemoryOptions queryOptions();

  /** Changes the options for what comes. */
  void setOptions(MemoryOptions options);

  /**
   * The options of a region, and who is at work in it.
   *
   * @throws NotMappedException if it is not mapped, or is one of another memory
   */
  RegionQuery queryOptions(Region region);

  /**
   * Changes the options of a region for what comes; what only matters when it is mapped has no
   * effect.
   *
   * @throws NotMappedException if it is not mapped, or is one of another memory
   */
  void setOptions(Region region, RegionOptions options);

  /**
   * Transactions that were prepared, in this life of the process or a former one, and not yet
   * decided.
   */
  List<PreparedTransaction> prepared();

  /** The worst that a flushed commit survives with this engine. */
  Durability durability();

  /** What was done since it was opened, and how full the log is. */
  MemoryStatistics statistics();

  /**
   * Flushes, ends all mappings and gives up the log. Transactions that have not ended are gone, as
   * if aborted; prepared ones stay prepared. Does nothing the second time.
   */
  @Override
  void close();
}
