package org.quicksilver.comm;

import org.quicksilver.transaction.TransactionId;

/**
 * What agents and their node say about connections that carry several transactions one after
 * another: pooled and kept-alive ones. Each part of the stream that was written under one
 * transaction is a turn; it begins at a byte, counted from the first that the opener wrote. Where
 * requests share a connection at the same time, as HTTP/2 has it, a turn is what comes under the
 * number that the protocol gives a request.
 */
public sealed interface TurnMessage extends Message
    permits TurnMessage.Pooled,
        TurnMessage.Turned,
        TurnMessage.Asked,
        TurnMessage.Answered,
        TurnMessage.Over {

  /**
   * Opener's agent to node: this connection serves several transactions, and itself belongs to the
   * one named. Node to acceptor's agent: the same, of the connection it tagged first so.
   *
   * @param provisional what the acceptor tagged the connection with; any to the node
   * @param transaction what the connection itself belongs to from now on
   * @param local the opener's end
   * @param remote the acceptor's end
   */
  record Pooled(TransactionId provisional, TransactionId transaction, String local, String remote)
      implements TurnMessage {}

  /**
   * Acceptor's agent to node: whose are the bytes that I work on? Answered by {@link
   * Message.Joined}.
   *
   * @param provisional the transaction with which what they cause is tagged for now
   * @param connection what the connection was announced with: a former one may have had its ends
   * @param local the acceptor's end
   * @param remote the opener's end
   * @param from the first of them
   * @param request number of the request they are part of; 0 if they have none
   */
  record Turned(
      TransactionId provisional,
      TransactionId connection,
      String local,
      String remote,
      long from,
      int request)
      implements TurnMessage {}

  /**
   * Node to opener's agent: under which transaction did you write this byte?
   *
   * @param provisional names the question
   * @param local the opener's end
   * @param remote the acceptor's end
   * @param from the byte
   * @param request number of the request it is part of; 0 if that has none
   */
  record Asked(TransactionId provisional, String local, String remote, long from, int request)
      implements TurnMessage {}

  /**
   * Opener's agent to node: under this.
   *
   * @param provisional the question
   * @param known whether that is known; if not, the connection's own transaction counts
   * @param transaction the answer, any if it is not known
   */
  record Answered(TransactionId provisional, boolean known, TransactionId transaction)
      implements TurnMessage {}

  /**
   * Acceptor's agent to node: of what was asked under this name nothing is open any more; it may be
   * forgotten. Should something be opened after all, it is asked again.
   */
  record Over(TransactionId provisional) implements TurnMessage {}
}
