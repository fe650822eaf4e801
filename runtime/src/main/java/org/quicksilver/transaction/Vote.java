package org.quicksilver.transaction;

/**
 * A two-phase participant's answer to a vote request, from the lowest to the highest.
 *
 * <p>Source: transaction-manager.md, "Participation classes", votes.
 */
public enum Vote {
  /** It cannot commit; it has undone its part already and need not be told. */
  ABORT,

  /**
   * Nothing to undo: leave me out of phase two. A later request may enlist it again before the
   * decision.
   */
  READ_ONLY,

  /** Tell me the outcome; nothing of mine has to survive a crash. */
  VOLATILE,

  /** What it needs to go either way is forced; from now on it never decides alone. */
  RECOVERABLE
}
