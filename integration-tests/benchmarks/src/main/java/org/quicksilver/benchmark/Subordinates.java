package org.quicksilver.benchmark;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;
import org.quicksilver.transaction.EitherRole;
import org.quicksilver.transaction.Message;
import org.quicksilver.transaction.NodeId;
import org.quicksilver.transaction.NodeParticipant;
import org.quicksilver.transaction.Owners;
import org.quicksilver.transaction.Participant;
import org.quicksilver.transaction.RootTransaction;
import org.quicksilver.transaction.Step;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.TransactionState;
import org.quicksilver.transaction.Vote;

/** One root in the pure core, from begin to end, with many subordinate nodes. */
@State(Scope.Benchmark)
public class Subordinates {

  private static final TransactionId TID = new TransactionId(1, 1, 1);
  private static final Message.VoteCast VOTE =
      new Message.VoteCast(Vote.VOLATILE, 1, java.util.List.of());

  /** How many. */
  @Param({"100", "10000"})
  public int subordinates = 100;

  private NodeParticipant[] nodes = {};

  /** Made by the harness. */
  public Subordinates() {}

  /** Names them. */
  @Setup
  public void name() {
    nodes = new NodeParticipant[subordinates];
    for (int i = 0; i < subordinates; i++) {
      nodes[i] = new NodeParticipant(new NodeId(0x9e3779b97f4a7c15L * (i + 1)), 1);
    }
  }

  /** Each joins, votes and acknowledges: three events, and its part of the two of the owner's. */
  @Benchmark
  public TransactionState commit(Blackhole actions) {
    TransactionState state = RootTransaction.begin(TID, 1).state();
    for (NodeParticipant each : nodes) {
      state = consumed(EitherRole.onJoin(state, Participant.joining(each)), actions);
    }
    state = consumed(Owners.onCommits(state), actions);
    for (NodeParticipant each : nodes) {
      state = consumed(EitherRole.onVote(state, each, VOTE), actions);
    }
    for (NodeParticipant each : nodes) {
      state = consumed(EitherRole.onEndAck(state, each), actions);
    }
    return state;
  }

  private static TransactionState consumed(Step step, Blackhole actions) {
    step.actions().forEach(actions::consume);
    return step.state();
  }
}
