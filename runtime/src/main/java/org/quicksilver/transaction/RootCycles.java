package org.quicksilver.transaction;

/**
 * What reaches the coordinator from nodes that take it for their subordinate: in a cycle of
 * requests, and after it took over the role from above. One method per event; stateless.
 *
 * <p>Source: transaction-manager.md, "Rules", cycles: every superior but the primary one is
 * answered read-only at once, and a coordinator has no primary one.
 */
public final class RootCycles {

  private RootCycles() {}

  /** A request comes back to the coordinator; whoever serves it joins here. */
  public static Step onRequest(TransactionState state, NodeParticipant from) {
    return switch (state.root().phase()) {
      case ACTIVE, VOTING -> Step.unchanged(state);
      case FORCING_COMMIT, COMMITTING, ABORTING, ENDED ->
          SubordinateTransaction.refuse(state, from);
    };
  }

  /** What was done here for that superior is voted on here. */
  public static Step onVoteRequest(
      TransactionState state, NodeParticipant from, Message.VoteRequest request) {
    Message vote = Message.VoteCast.of(Vote.READ_ONLY, request.round());
    return Step.to(state, new Action.Send(from, vote));
  }

  /**
   * A superior that had not voted has aborted its subtree: the whole is failed, and it hears so.
   */
  public static Step onEnd(TransactionState state, NodeParticipant from, Message.End end) {
    Step failed =
        end.outcome() == Outcome.ABORTED
            ? RootTransaction.fail(state, from + " aborted its part", false)
            : Step.unchanged(state);
    return failed.then(now -> Step.to(now, new Action.Send(from, new Message.EndAck())));
  }
}
