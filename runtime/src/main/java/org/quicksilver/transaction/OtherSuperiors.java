package org.quicksilver.transaction;

/**
 * The end as told by a superior that is not the primary one: in a cycle of requests. It is answered
 * at once, as are its vote requests; otherwise each would wait for the other.
 *
 * <p>Source: transaction-manager.md, "Rules", cycles.
 */
final class OtherSuperiors {

  private OtherSuperiors() {}

  /**
   * It has aborted its part before it voted: a failure, to be reported. A read-only record ends
   * with it, so that a request this has overtaken does not enlist it again.
   */
  static Step onEnd(TransactionState state, NodeParticipant from, Message.End end) {
    String reason = from + " aborted its part";
    if (end.outcome() == Outcome.COMMITTED) {
      return acknowledge(state, from);
    }
    return (state.phase() == SubordinatePhase.READ_ONLY
            ? SubordinateEnding.abort(state.withFailure(reason))
            : SubordinateTransaction.fail(state, reason, false))
        .then(now -> acknowledge(now, from));
  }

  /**
   * Whether an abort comes from one that was to coordinate and perhaps does not: it is obeyed, but
   * the edge to it may not be one of the tree.
   */
  static boolean isUncertain(TransactionState state, Message.End end) {
    return end.outcome() == Outcome.ABORTED && state.ownership().awaitsTaken();
  }

  static Step acknowledge(TransactionState state, NodeParticipant from) {
    return Step.to(state, new Action.Send(from, new Message.EndAck()));
  }
}
