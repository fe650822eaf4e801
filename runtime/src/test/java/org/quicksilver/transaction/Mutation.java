package org.quicksilver.transaction;

/** A bug planted into the shell of every node, or between the shell and the core. */
enum Mutation {
  NONE,

  /** Reports a force at once and leaves it to the disk when to write. */
  SKIPS_THE_FORCE,

  /** Acknowledges the commit while its own COMMIT record is on its way. */
  ACKNOWLEDGES_TOO_EARLY,

  /** Answers inquiries before it has read its log: "never heard of it". */
  ANSWERS_BEFORE_RECOVERED,

  /** Does not send the acknowledgement of the end. */
  FORGETS_AN_ACK,

  /** Takes a message of an earlier life for one of today. */
  IGNORES_INCARNATIONS,

  /** Begins an ended transaction again when a late request comes. */
  RESURRECTS_THE_ENDED,

  /** Aborts alone when in doubt. */
  DECIDES_ALONE,

  /** The new coordinator does not count the old one among its participants. */
  KEEPS_THE_EDGE,

  /** The old coordinator goes on as one. */
  STAYS_COORDINATOR,

  /** The former owner goes on as one. */
  STAYS_OWNER,
  /** Says nothing again on a new link. */
  LOSES_THE_RESEND,

  /** Ends the transaction at the first failure. */
  TAKES_FAILED_FOR_ENDED,

  /** Votes read-only when the outcome is awaited below. */
  VOTES_READ_ONLY_FOR_VOLATILE,

  /** Sends a request to a subordinate it has not registered. */
  SENDS_BEFORE_REGISTERING,

  /** Tells the owner of the commit while the COMMIT record is on its way. */
  TELLS_BEFORE_FORCED,

  /** The root forgets a committed transaction before all have acknowledged. */
  FORGETS_TOO_EARLY,

  /** Passes an operator's word on as the coordinator's. */
  PASSES_THE_OPERATORS_WORD_ON,

  /** Tells those last in the tree along with the others. */
  TELLS_THE_DELAYED_AT_ONCE,

  /** Never says that an operator's word was wrong. */
  HIDES_DAMAGE,

  /** Never writes END. */
  NEVER_WRITES_END,
  /** Commits before the replicated log has agreed. */
  COMMITS_BEFORE_AGREED,
  /** Tells a process "never heard of it" where only the replicated log can know. */
  DOES_NOT_ASK_THE_LOG,
  /** Forgets who took part under a provisional name. */
  LOSES_A_BRANCH
}
