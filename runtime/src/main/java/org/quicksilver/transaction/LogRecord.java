package org.quicksilver.transaction;

import java.util.List;

/**
 * What must survive a power failure, each record complete in itself so that {@link Recovery} needs
 * nothing else. There is no ABORT record: what is not in the log is aborted.
 *
 * <p>Source: transaction-manager.md, "Presumed abort" and "After a crash".
 */
public sealed interface LogRecord {

  /** Which transaction. */
  TransactionId tid();

  /**
   * A subordinate can go either way.
   *
   * @param tid which transaction
   * @param primary whom to ask first
   * @param coordinator the node that decides
   * @param round number of the vote request
   * @param witnesses whom to ask else
   * @param participants those below that must learn the outcome
   */
  record Prepared(
      TransactionId tid,
      NodeParticipant primary,
      NodeId coordinator,
      int round,
      List<NodeParticipant> witnesses,
      List<Participant> participants)
      implements LogRecord {

    /** Copies the lists. */
    public Prepared {
      witnesses = List.copyOf(witnesses);
      participants = List.copyOf(participants);
    }
  }

  /**
   * The outcome is commit. Forced if anyone voted recoverable; merely appended if the highest vote
   * was volatile, which survives the process, not the power, and keeps volatile commits atomic
   * under process crashes (ours).
   *
   * @param tid which transaction
   * @param participants those that must learn it
   */
  record Commit(TransactionId tid, List<Participant> participants) implements LogRecord {

    /** Copies the list. */
    public Commit {
      participants = List.copyOf(participants);
    }
  }

  /**
   * An operator decided for one in doubt.
   *
   * @param tid which transaction
   * @param outcome the operator's word
   */
  record Heuristic(TransactionId tid, Outcome outcome) implements LogRecord {}

  /**
   * Nobody will ask any more; earlier records of this transaction are garbage.
   *
   * @param tid which transaction
   */
  record End(TransactionId tid) implements LogRecord {}
}
