package org.quicksilver.transaction;

/**
 * Where a transaction stands on a node that reports to a superior.
 *
 * <p>Source: transaction-manager.md, "Subordinate". The three FORCING phases are ours, for the
 * reason given at {@link RootPhase}.
 */
public enum SubordinatePhase implements Phase {
  /** Work is being done; not voted, hence free to abort. */
  ACTIVE,

  /** The votes from below are awaited; still free to abort. */
  VOTING,

  /**
   * The PREPARED record is on its way to the disk; the vote has not left, hence still free to
   * abort.
   */
  FORCING_PREPARED,

  /**
   * Voted read-only and left out of phase two; kept a while for a request that enlists it again.
   */
  READ_ONLY,

  /** Voted volatile; the outcome is awaited, but not for ever. */
  VOLATILE,

  /** Voted recoverable; the outcome is awaited, if need be for ever. */
  PREPARED,

  /** The outcome is commit; the COMMIT record is on its way to the disk. */
  FORCING_COMMIT,

  /** An operator has decided; the HEURISTIC record is on its way to the disk. */
  FORCING_HEURISTIC,

  /** Committed; the acknowledgements from below are awaited. */
  COMMITTING,

  /** Aborted; the acknowledgements of those below and reachable are awaited. */
  ABORTING,

  /** Ended below by an operator's word; the true outcome is awaited, to be compared. */
  RESOLVED,

  /** Over; the tombstone answers late messages. */
  ENDED;

  @Override
  public boolean isEnded() {
    return this == ENDED;
  }
}
