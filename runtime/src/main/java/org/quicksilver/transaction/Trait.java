package org.quicksilver.transaction;

/**
 * What is asked of all participants together after every event; counted, so that nobody has to go
 * through ten thousand of them. Those that are not delayed are called early here.
 */
enum Trait {
  /** Its vote is still to come. */
  OWES_VOTE,
  /** It has voted volatile. */
  VOTED_VOLATILE,
  /** It has voted recoverable. */
  VOTED_RECOVERABLE,
  /** Early, and not told of the end. */
  EARLY_UNTOLD,
  /** Early, and not ended. */
  EARLY_OPEN,
  /** Early, not ended, and within reach. */
  EARLY_AWAITED,
  /** Delayed, and not told of the end. */
  DELAYED_UNTOLD,
  /** Delayed, and not ended. */
  DELAYED_OPEN,
  /** Delayed, not ended, and within reach. */
  DELAYED_AWAITED;

  private static final int EARLY_TO_DELAYED = DELAYED_UNTOLD.ordinal() - EARLY_UNTOLD.ordinal();

  static final int COUNT = values().length;

  int bit() {
    return 1 << ordinal();
  }

  /** Whether it is among these bits. */
  boolean isIn(int traits) {
    return (traits & bit()) != 0;
  }

  /** The bits of all that this participant has. */
  static int bitsOf(Participant participant) {
    int endBits = endBits(participant);
    return voteBits(participant)
        | (participant.isDelayed() ? endBits << EARLY_TO_DELAYED : endBits);
  }

  private static int voteBits(Participant participant) {
    int owes = participant.owesVote() ? OWES_VOTE.bit() : 0;
    Vote vote = participant.vote();
    if (vote == Vote.RECOVERABLE) {
      return owes | VOTED_RECOVERABLE.bit();
    }
    return vote == Vote.VOLATILE ? owes | VOTED_VOLATILE.bit() : owes;
  }

  private static int endBits(Participant participant) {
    if (participant.progress() == Progress.ENDED) {
      return 0;
    }
    int untold = participant.isTold() ? 0 : EARLY_UNTOLD.bit();
    int awaited = participant.reachable() ? EARLY_AWAITED.bit() : 0;
    return untold | EARLY_OPEN.bit() | awaited;
  }
}
