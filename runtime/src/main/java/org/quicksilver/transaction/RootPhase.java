package org.quicksilver.transaction;

/**
 * Where a transaction stands on the node that decides.
 *
 * <p>Source: transaction-manager.md, "Root". {@link #FORCING_COMMIT} is ours: between ordering a
 * force and its answer the COMMIT record may or may not be durable, so neither outcome may be told.
 */
public enum RootPhase implements Phase {
  /** Work is being done; participants may join; if it has failures it can only abort. */
  ACTIVE,

  /** Vote requests are out; the votes are awaited. */
  VOTING,

  /** Every vote is in; the COMMIT record is on its way to the disk, its force is awaited. */
  FORCING_COMMIT,

  /** Committed; the acknowledgements of those told are awaited. */
  COMMITTING,

  /** Aborted; the acknowledgements of those told and reachable are awaited. */
  ABORTING,

  /** Over; the tombstone answers late messages. */
  ENDED;

  @Override
  public boolean isEnded() {
    return this == ENDED;
  }
}
