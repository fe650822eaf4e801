package org.quicksilver.transaction;

import java.util.List;

/**
 * What transaction managers and participants say to each other about one transaction; the
 * transaction ID travels beside it.
 *
 * <p>Source: transaction-manager.md, "Messages"; QuickSilver notes, "Commit initiated by
 * coordinator". The document's separate {@code abort} downwards is {@code End(ABORTED)} here: both
 * mean "undo and acknowledge", whatever has been voted.
 */
public sealed interface Message {

  /**
   * Down: get ready to commit, and vote.
   *
   * @param round enlistment of the addressee this request belongs to, echoed in the vote
   * @param witnesses nodes that may be asked for the outcome besides the sender
   */
  record VoteRequest(int round, List<NodeParticipant> witnesses) implements Message {

    /** Copies the list. */
    public VoteRequest {
      witnesses = List.copyOf(witnesses);
    }
  }

  /**
   * Down, to one-phase immediate participants: ending has begun, the outcome does not matter. To be
   * acknowledged.
   */
  record Ending() implements Message {}

  /**
   * Down: the outcome. May arrive twice. To be acknowledged, also by one that never heard of the
   * transaction.
   *
   * @param outcome what to do
   */
  record End(Outcome outcome) implements Message {}

  /**
   * Up: the answer to a vote request.
   *
   * @param vote the vote
   * @param round of the request answered
   * @param reasons why, if the vote is to abort
   */
  record VoteCast(Vote vote, int round, List<String> reasons) implements Message {

    /** Copies the list. */
    public VoteCast {
      reasons = List.copyOf(reasons);
    }
  }

  /** Up: notice of the end has been taken, here and everywhere below. */
  record EndAck() implements Message {}

  /**
   * Up: something below went wrong; the transaction can only abort.
   *
   * @param reason what went wrong, for people
   * @param terminate true if it must abort now, false if the owner may go on until it ends the
   *     transaction
   */
  record Failed(String reason, boolean terminate) implements Message {}

  /** Sideways or up: what became of the transaction? Not answered while it is open. */
  record Inquire() implements Message {}

  /**
   * The answer to an inquiry.
   *
   * @param outcome the true outcome
   */
  record OutcomeIs(Outcome outcome) implements Message {}

  /**
   * To one that wanted to join: too late, it is no participant.
   *
   * @param reason why, for people
   */
  record JoinRefused(String reason) implements Message {}
}
