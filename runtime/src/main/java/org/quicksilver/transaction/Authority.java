package org.quicksilver.transaction;

/** By whose word a subordinate's outcome stands. */
public enum Authority {
  /**
   * The superior's, a witness's, or its own while it had not voted: this outcome is the true one.
   */
  COORDINATOR,

  /** An operator's, on one in doubt; to be compared with the true outcome when that comes. */
  OPERATOR,

  /**
   * Its own, after a volatile vote and a silence longer than its patience, or that of an operator
   * or a lonely one above; compared if the true one ever comes.
   */
  ALONE,

  /**
   * The true outcome has come and was another one: the damage is reported, what was done is not
   * undone.
   */
  OVERRULED
}
