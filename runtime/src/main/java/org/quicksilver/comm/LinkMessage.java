package org.quicksilver.comm;

import org.quicksilver.transaction.NodeParticipant;
import org.quicksilver.transaction.Sturdiness;
import org.quicksilver.transaction.TransactionId;

/**
 * What nodes say to one another. A connection between nodes begins with {@link Introduce} by the
 * one that dialled, answered by {@link Introduced}; over a port the one that was dialled sends
 * {@link Message.Challenge} before that.
 *
 * <p>Several connections, one after another, make one session: what had not arrived when one broke
 * is sent again over the next, once and in order. A session ends when one side has given the other
 * up, or is another incarnation.
 *
 * <p>Source: transaction-manager.md, "Messages" (every message carries the sender's incarnation:
 * here the session does); design.md, "Communication manager".
 */
public sealed interface LinkMessage extends Message {

  /** What counts in a session, and is delivered once and in order. */
  sealed interface Word extends LinkMessage {}

  /** A word about one transaction. */
  sealed interface OfTransaction extends Word {
    /** Which transaction it is about. */
    TransactionId transaction();
  }

  /**
   * The node that dialled: here I am.
   *
   * @param version {@link Message#VERSION}
   * @param self node and incarnation
   * @param sturdiness how far it may be trusted to stay
   * @param session the session it would go on with; 0 for a new one
   * @param received number of the last word it has received in that session
   * @param nonce for the other side to prove itself; empty over a socket file
   * @param proof SHA-256 of the secret and the challenge's nonce; empty over a socket file
   */
  record Introduce(
      int version,
      NodeParticipant self,
      Sturdiness sturdiness,
      long session,
      long received,
      byte[] nonce,
      byte[] proof)
      implements LinkMessage {}

  /**
   * The node that was dialled: and I am this one.
   *
   * @param self node and incarnation
   * @param sturdiness how far it may be trusted to stay
   * @param session the session; another than was asked for if that one is over
   * @param received number of the last word it has received in that session
   * @param proof SHA-256 of the secret and the other side's nonce; empty over a socket file
   */
  record Introduced(
      NodeParticipant self, Sturdiness sturdiness, long session, long received, byte[] proof)
      implements LinkMessage {}

  /**
   * Still here.
   *
   * @param received number of the last word received
   */
  record Heartbeat(long received) implements LinkMessage {}

  /**
   * One word of a session.
   *
   * @param number from 1
   * @param received number of the last word received
   */
  record Numbered(long number, long received, Word word) implements LinkMessage {}

  /**
   * To a node that one of its processes was given a transaction by: let this node take part in it,
   * below yours. Answered by {@link Request} or {@link NoPart}.
   *
   * @param via the node it was handed over by; one that is asked on the way there takes part first
   */
  record TakePart(TransactionId transaction, long via) implements OfTransaction {}

  /** It cannot take part. */
  record NoPart(TransactionId transaction, String reason) implements OfTransaction {}

  /**
   * Work for a transaction comes your way; you are registered below this node.
   *
   * @param round of the registration, see {@code Participant.round}
   */
  record Request(TransactionId transaction, int round) implements OfTransaction {}

  /**
   * Somebody wants to see it: what is your part in it? Answered by {@link Described}.
   *
   * @param hops how many more nodes may be asked one after another
   */
  record Describe(TransactionId transaction, int hops) implements OfTransaction {}

  /**
   * My part in it.
   *
   * @param json for commands; empty if it is not known
   */
  record Described(TransactionId transaction, String json) implements OfTransaction {}

  /** What transaction managers say about it. */
  record About(TransactionId transaction, org.quicksilver.transaction.Message message)
      implements OfTransaction {}

  /** Something about service queues. */
  record OfQueues(QueueMessage.Between message) implements Word {}
}
