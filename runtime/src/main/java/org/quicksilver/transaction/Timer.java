package org.quicksilver.transaction;

/** What a timer is for; how long it runs is the shell's configuration. */
public enum Timer {
  /** How long a root waits for votes; then it aborts. */
  VOTE,

  /** Until the next inquiry of one in doubt; grows with the attempt. */
  INQUIRY,

  /** How long one that voted volatile waits for a lost superior; then it aborts alone. */
  PATIENCE,

  /**
   * How long a read-only record is kept; at least twice the time after which a link counts as dead.
   */
  RETENTION
}
