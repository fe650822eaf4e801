package org.quicksilver.transaction;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
   * @param coordinator the node that decides, once and for all from now on; null if it is the
   *     sender
   */
  record VoteRequest(int round, List<NodeParticipant> witnesses, @Nullable NodeId coordinator)
      implements Message {

    /** Copies the list. */
    public VoteRequest {
      witnesses = List.copyOf(witnesses);
    }

    private static final VoteRequest FIRST = new VoteRequest(1, List.of());

    /** To one that can ask nobody. */
    static VoteRequest withoutWitnesses(int round) {
      return round == FIRST.round ? FIRST : new VoteRequest(round, List.of());
    }

    /** From the coordinator itself. */
    public VoteRequest(int round, List<NodeParticipant> witnesses) {
      this(round, witnesses, null);
    }
  }

  /**
   * Down, to one-phase immediate participants: ending has begun, the outcome does not matter. To be
   * acknowledged.
   */
  record Ending() implements Message {
    static final Ending BEGUN = new Ending();
  }

  /**
   * Down: the outcome. May arrive twice. To be acknowledged, also by one that never heard of the
   * transaction.
   *
   * @param outcome what to do
   * @param reasons why, if aborted, and if the owner is to be reached this way
   * @param isHeuristic whether this is not the coordinator's word but that of an operator above, or
   *     of a superior alone: obeyed, and never passed on as the truth
   */
  record End(Outcome outcome, List<String> reasons, boolean isHeuristic) implements Message {
    static final End ABORT = new End(Outcome.ABORTED);
    private static final End COMMIT = new End(Outcome.COMMITTED);

    /** Copies the list. */
    public End {
      reasons = List.copyOf(reasons);
    }

    /** The coordinator's word, with reasons. */
    public End(Outcome outcome, List<String> reasons) {
      this(outcome, reasons, false);
    }

    static End of(Outcome outcome) {
      return outcome == Outcome.COMMITTED ? COMMIT : ABORT;
    }

    /** To those that need no reasons. */
    public End(Outcome outcome) {
      this(outcome, List.of());
    }
  }

  /**
   * Up: the answer to a vote request.
   *
   * @param vote the vote
   * @param round of the request answered
   * @param reasons why, if the vote is to abort
   */
  record VoteCast(Vote vote, int round, List<String> reasons) implements Message {
    private static final int FIRST_ROUND = 1;
    private static final List<VoteCast> FIRST =
        Stream.of(Vote.values()).map(vote -> new VoteCast(vote, FIRST_ROUND, List.of())).toList();

    /** Copies the list. */
    public VoteCast {
      reasons = List.copyOf(reasons);
    }

    /** Without reasons. */
    public static VoteCast of(Vote vote, int round) {
      return round == FIRST_ROUND
          ? FIRST.get(vote.ordinal())
          : new VoteCast(vote, round, List.of());
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

  /**
   * Sideways or up: what became of the transaction? Not answered while it is open.
   *
   * @param coordinator the node that decides, as the vote request said; only this one may answer
   *     that it never heard of it. Null from a process, which asks only its own node
   */
  record Inquire(@Nullable NodeId coordinator) implements Message {

    /** From a process to its node. */
    public Inquire() {
      this(null);
    }
  }

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

  /** Up, from the owner's node to the coordinator: the owner commits. */
  record OwnerCommits() implements Message {}

  /**
   * Down, from the coordinator to a direct subordinate: you coordinate from now on, and I report to
   * you.
   *
   * @param term number of this hand-over, from 1
   * @param failures why the transaction can only abort
   * @param ownerIsBehindSender whether the owner is to be reached through the sender
   */
  record HandOver(int term, List<String> failures, boolean ownerIsBehindSender) implements Message {

    /** Copies the list. */
    public HandOver {
      failures = List.copyOf(failures);
    }
  }

  /**
   * The answer to a hand-over: it is done.
   *
   * @param term of the hand-over
   */
  record HandOverTaken(int term) implements Message {}

  /**
   * The answer to a hand-over by one that hangs on another superior: coordinate on.
   *
   * @param term of the hand-over
   */
  record HandOverRefused(int term) implements Message {}

  /**
   * From the owner's node to a neighbour: a process there is to own the transaction.
   *
   * @param process incarnation of the next owner
   * @param move number of this move of ownership between nodes, from 1
   */
  record OwnershipHanded(int process, int move) implements Message {}

  /**
   * The answer: it owns it.
   *
   * @param move which
   */
  record OwnershipTaken(int move) implements Message {}

  /**
   * The answer: it does not, the former owner still does.
   *
   * @param move which
   */
  record OwnershipRefused(int move) implements Message {}

  /**
   * To one that was declared dead and is not: this incarnation is refused. It aborts its own side
   * of whatever it has not voted on, and comes back as a later incarnation.
   */
  record Fenced() implements Message {}
}
