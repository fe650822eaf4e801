package org.quicksilver.transaction;

/**
 * How a participant takes part in ending a transaction; it declares this when it joins.
 *
 * <p>Declared from the weakest to the strongest: one that joins twice takes part as the stronger.
 *
 * <p>Source: transaction-manager.md, "Participation classes"; QuickSilver notes, "Commit initiated
 * by coordinator" (a window manager needs one phase, a file server two).
 */
public enum ParticipationClass {
  /** Is never told of the end: it holds nothing that outlives a request. */
  NO_STATE,

  /** Is told as soon as ending begins; its clean-up does not depend on the outcome. */
  ONE_PHASE_IMMEDIATE,

  /** Is told the outcome: windows, sockets, open handles. */
  ONE_PHASE_STANDARD,

  /**
   * Is told the outcome after every other participant has ended: those the others need while
   * ending.
   */
  ONE_PHASE_DELAYED,

  /**
   * Is asked for its {@link Vote}, then told the outcome: files, databases, recoverable memory,
   * subordinate nodes.
   */
  TWO_PHASE
}
