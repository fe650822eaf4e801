package org.quicksilver.transaction;

import java.time.Duration;

/**
 * How long an ended transaction is remembered, so that a late request does not begin it again.
 *
 * <p>Source: transaction-manager.md, hazard 2 (resurrection).
 */
public final class Tombstones {
  /**
   * A message is delivered within the time after which its link counts as dead; what it calls forth
   * on the far side within the same time again.
   */
  private static final int LINK_DEATHS = 2;

  private Tombstones() {}

  /**
   * Whether nothing about it can be under way any more.
   *
   * @param sinceEnd time since the transaction ended here, or since the tombstone last answered;
   *     counted from the restart if the node was down in between
   * @param linkDeath time after which a silent link counts as dead; the same on all nodes
   */
  public static boolean mayDrop(TransactionState state, Duration sinceEnd, Duration linkDeath) {
    return state.phase().isEnded() && sinceEnd.compareTo(linkDeath.multipliedBy(LINK_DEATHS)) >= 0;
  }
}
