package org.quicksilver.memory.vista;

/**
 * Where a crash test stops the algorithm. Production has one implementation that does nothing, so
 * the call disappears when it is compiled.
 */
abstract class Steps {

  /** What has just been done. */
  enum Step {
    /** A header's state lies in its place, not yet counting. */
    STATE_WRITTEN,
    /** The header's state counts. */
    STATE_SWITCHED,
    /** A segment's path lies in its table entry, not yet counting. */
    SEGMENT_WRITTEN,
    /** The segment table entry counts, or counts no longer. */
    SEGMENT_SWITCHED,
    /** A transaction has a slot and its ID lies there. */
    BEGUN,
    /** Old bytes lie in the undo log, not yet linked. */
    COPIED,
    /** The entry is linked: what it describes may change. */
    LINKED,
    /** The transaction's name is linked, and by the same store it is undecided. */
    PREPARED,
    /** A prepared transaction is active again, and on its way to be aborted. */
    WITHDRAWN,
    /** Some of an entry's old bytes are back. */
    RESTORED,
    /** The transaction has nothing to undo any more. */
    ENDED
  }

  /** Nobody watches. */
  static final Steps UNWATCHED =
      new Steps() {
        @Override
        void done(Step step) {}
      };

  abstract void done(Step step);
}
