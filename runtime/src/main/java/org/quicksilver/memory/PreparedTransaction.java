package org.quicksilver.memory;

/**
 * A transaction that waits for its outcome. Thread-safe. The same outcome may be told twice.
 *
 * <p>Of a former life: after its commit the new bytes are in the regions that are mapped and in
 * those mapped later, after its abort the old ones. Until then it depends on the engine: LRVM shows
 * the old ones, Vista the new ones, which never left their place.
 */
public interface PreparedTransaction {

  /** Most bytes in a name. */
  int LONGEST_NAME = 1024;

  /** The number of the transaction. */
  long id();

  /** A copy of the name it was prepared with. */
  byte[] name();

  /**
   * Commits it; once this returns, as durably as {@link RecoverableMemory#durability} says.
   *
   * @throws TransactionEndedException if it was aborted
   */
  void commit();

  /**
   * Aborts it; once this returns, as durably as {@link RecoverableMemory#durability} says. The old
   * values are in memory again.
   *
   * @throws TransactionEndedException if it was committed
   */
  void abort();
}
