package org.quicksilver.memory;

/**
 * A transaction on recoverable memory: declare with {@link #setRange} what will be changed, change
 * it, and end. Its calls must not be made by two threads at once; many transactions may be open.
 *
 * <p>Every call after its end throws {@link TransactionEndedException}, save {@link #close}.
 *
 * <p>Source: LRVM, "Operations" and "Managing aborts".
 */
public interface MemoryTransaction extends AutoCloseable {

  /** Its number, unique in the life of the log. */
  long id();

  /**
   * Declares that bytes of a region are going to be changed: call it before. With {@link
   * RestoreMode#RESTORE} their present values are kept for an abort; a byte declared twice keeps
   * the first. What is stored outside of declared ranges is not part of the transaction: it is not
   * committed, and not undone.
   *
   * @param offset of the first byte, counted from the beginning of the region
   * @param length in bytes; nothing is declared by zero
   * @throws OutOfRegionException if the range does not lie in the region
   * @throws NotMappedException if the region is not mapped, or is one of another memory
   * @throws TransactionTooLargeException if the engine has no room for the old values
   */
  void setRange(Region region, long offset, long length);

  /**
   * Commits: what the declared ranges hold now is their content, after a crash too; from when on
   * says the mode.
   *
   * @throws TransactionTooLargeException if the log could not hold it even if it were empty; the
   *     transaction is open still, to be aborted
   * @throws MemoryFailedException if nobody knows whether it is committed: open the memory again
   *     and look
   */
  void endTransaction(CommitMode mode);

  /**
   * Aborts: every declared byte has the value again that it had when it was first declared.
   *
   * @throws RestoreModeException if it was begun with {@link RestoreMode#NO_RESTORE}; it is open
   *     still
   */
  void abortTransaction();

  /**
   * The tentative commit of a two-phase protocol: ends the transaction in so far that only its
   * outcome is missing. Once this returns both outcomes are possible, also after what {@link
   * RecoverableMemory#durability} names. Until it is decided its bytes in a mapped region are the
   * new ones; after a restart see {@link PreparedTransaction}.
   *
   * @param name how a later life finds it again; up to {@link PreparedTransaction#LONGEST_NAME}
   *     bytes, kept as they are, not looked at
   * @throws RestoreModeException if it was begun with {@link RestoreMode#NO_RESTORE}
   * @throws TransactionTooLargeException as for a commit; a prepared transaction needs up to three
   *     times its size
   */
  PreparedTransaction prepare(byte[] name);

  /**
   * Aborts it if it has neither ended nor been prepared.
   *
   * @throws RestoreModeException if it had to be aborted and was begun with {@link
   *     RestoreMode#NO_RESTORE}; it has ended and is not committed. What is in memory then is up to
   *     the engine: LRVM leaves what it stored, Vista puts the old bytes back
   */
  @Override
  void close();
}
