package org.quicksilver.comm;

import java.util.List;
import org.quicksilver.transaction.DeathEffect;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.ParticipationClass;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.Vote;

/**
 * What programs that know of transactions say to their node, over the control channel of their
 * process, and what they are told. All of it may be said twice: after a reconnect each side repeats
 * what has not been answered.
 *
 * <p>Source: transaction-manager.md, "Messages"; the process is the participant's end of the tree.
 */
public sealed interface ProgramMessage extends Message {

  /** From a program. */
  sealed interface ToNode extends ProgramMessage {}

  /** To a program. */
  sealed interface ToProgram extends ProgramMessage {}

  /**
   * The process begins a transaction under an ID of its own, and owns it.
   *
   * @param again whether a node may have heard this before: one that has lost its store does not
   *     begin it anew
   */
  record Begin(TransactionId transaction, boolean again) implements ToNode {}

  /**
   * A participant that was enlisted, and has not been told the end, is there again. Answered only
   * if the node has forgotten it: by the outcome, as soon as there is one.
   *
   * @param number that of the participant
   */
  record Inquire(TransactionId transaction, int number) implements ToNode {}

  /**
   * The process works for a transaction of another and takes part with its handles. Of one that
   * nobody knows nothing is to be given back.
   *
   * @param via node that the transaction was handed over by, see {@link Enlist}
   */
  record Join(TransactionId transaction, long via) implements ToNode {}

  /**
   * Something in the process wants to take part. Answered by {@link Enlisted}.
   *
   * @param number chosen by the process, from 1, within the transaction
   * @param onDeath what the death of the process means while the outcome is open
   * @param via node that the transaction was handed over by, which becomes the superior of this
   *     one; 0 for the node it began on
   */
  record Enlist(
      TransactionId transaction,
      int number,
      ParticipationClass participation,
      DeathEffect onDeath,
      long via)
      implements ToNode {}

  /**
   * It takes part, or does not.
   *
   * @param refusal why not, for people; empty if it does
   */
  record Enlisted(TransactionId transaction, int number, String refusal) implements ToProgram {}

  /**
   * The owner commits. Answered by {@link Decided} or {@link CommitRefused}.
   *
   * @param openRequests its asynchronous requests that are neither completed nor cancelled
   * @param parts processes of this node that worked for it and are registered by this word
   */
  record Commit(TransactionId transaction, int openRequests, List<Integer> parts)
      implements ToNode {

    /** Copies the list. */
    public Commit {
      parts = List.copyOf(parts);
    }
  }

  /** The owner aborts. Answered by {@link Decided}. */
  record Abort(TransactionId transaction, String reason) implements ToNode {}

  /**
   * To the owner: the outcome.
   *
   * @param reasons why, if aborted; in the order in which they came
   */
  record Decided(TransactionId transaction, Outcome outcome, List<String> reasons)
      implements ToProgram {

    /** Copies the list. */
    public Decided {
      reasons = List.copyOf(reasons);
    }
  }

  /** To the owner: it may not commit now; the transaction is as before. */
  record CommitRefused(TransactionId transaction, String reason) implements ToProgram {}

  /** What a participant is told. */
  enum Notice {
    /** Get ready to commit, and vote. Answered by {@link VoteCast}. */
    VOTE,
    /** Ending has begun, the outcome does not matter. Answered by {@link Told}. */
    ENDING,
    /** The outcome. Answered by {@link Told}. */
    COMMITTED,
    /** The outcome. Answered by {@link Told}. */
    ABORTED
  }

  /**
   * To a participant.
   *
   * @param round of the vote request, to be echoed; 0 for other notices
   */
  record Notify(TransactionId transaction, int number, Notice notice, int round)
      implements ToProgram {}

  /**
   * A participant votes.
   *
   * @param reason why, if it votes to abort
   */
  record VoteCast(TransactionId transaction, int number, Vote vote, int round, String reason)
      implements ToNode {}

  /** A participant has done what the end asks of it. */
  record Told(TransactionId transaction, int number) implements ToNode {}

  /** A participant cannot go on: the transaction can only abort. */
  record Fail(TransactionId transaction, int number, String reason) implements ToNode {}

  /**
   * A recoverable participant is back in a later life of its process and keeps its promise. What it
   * has not acknowledged is told again; of a transaction nobody knows, that it was aborted.
   *
   * @param formerIncarnation of the process in which it voted
   * @param formerNumber its number there
   * @param number its number from now on
   */
  record Resume(TransactionId transaction, int formerIncarnation, int formerNumber, int number)
      implements ToNode {}

  /**
   * The owner wants another node to coordinate, a direct subordinate of its own. Answered by {@link
   * Handed}.
   */
  record HandOver(TransactionId transaction, long node) implements ToNode {}

  /**
   * The owner makes another process the owner. Answered by {@link Handed}; the other is told {@link
   * Owned}.
   *
   * @param node of the other: this one, or a direct neighbour of it in the tree
   * @param process its incarnation there
   */
  record Transfer(TransactionId transaction, long node, int process) implements ToNode {}

  /**
   * To the owner: the coordinator's role, or the ownership, is where it was to go.
   *
   * @param refusal why it is not, for people; empty if it is
   */
  record Handed(TransactionId transaction, boolean ownership, String refusal)
      implements ToProgram {}

  /** The process owns the transaction from now on. Told again after a reconnect. */
  record Owned(TransactionId transaction) implements ToProgram {}

  /**
   * The program lets go of its node, though its process may live on: what it owns and has not ended
   * is aborted, what it takes part in does without it. Its last word.
   */
  record Leave() implements ToNode {}

  /** Something about service queues. */
  record OfQueues(QueueMessage.ToNode message) implements ToNode {}

  /** Something about service queues. */
  record QueueNews(QueueMessage.ToProgram message) implements ToProgram {}

  /** To a process that takes part with its handles: the transaction has ended. May come twice. */
  record Ended(TransactionId transaction) implements ToProgram {}
}
