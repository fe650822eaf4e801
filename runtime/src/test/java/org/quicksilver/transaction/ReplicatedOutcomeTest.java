package org.quicksilver.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicksilver.transaction.Run.OWNER;
import static org.quicksilver.transaction.Run.SUBORDINATE;
import static org.quicksilver.transaction.Run.SUPERIOR;
import static org.quicksilver.transaction.Run.TID;
import static org.quicksilver.transaction.Run.below;
import static org.quicksilver.transaction.Run.process;
import static org.quicksilver.transaction.Run.twoPhase;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ReplicatedOutcomeTest {

  private static final NodeId LOG = new NodeId(99);

  private static Run root() {
    return Run.of(RootTransaction.begin(TID, OWNER, LOG))
        .on(now -> RootTransaction.onJoin(now, below()));
  }

  private static Run proposed() {
    return root().ownerCommits().vote(SUBORDINATE, Vote.RECOVERABLE);
  }

  private static Run agreed(Run run, Outcome first) {
    return run.on(now -> ReplicatedOutcome.onAgreed(now, LOG, first));
  }

  private static Run inDoubt() {
    return Run.subordinate(twoPhase(3))
        .on(
            now ->
                SubordinateVoting.onVoteRequest(
                    now, SUPERIOR, new Message.VoteRequest(1, List.of(), LOG)))
        .vote(process(3), Vote.RECOVERABLE)
        .forced();
  }

  @Test
  void theCommitIsProposedAndForcedNowhere() {
    Run run = proposed();
    assertEquals(RootPhase.FORCING_COMMIT, run.phase());
    assertEquals(List.of(new Action.Propose(LOG, Outcome.COMMITTED)), run.actions());
  }

  @Test
  void aVolatileCommitIsProposedToo() {
    Run run = root().ownerCommits().vote(SUBORDINATE, Vote.VOLATILE);
    assertEquals(List.of(new Action.Propose(LOG, Outcome.COMMITTED)), run.actions());
  }

  @Test
  void whereNobodyIsBoundNothingIsProposed() {
    Run run = root().ownerCommits().vote(SUBORDINATE, Vote.READ_ONLY);
    assertEquals(Outcome.COMMITTED, run.state().outcome());
  }

  @Test
  void theFirstEntryWins() {
    assertEquals(Outcome.COMMITTED, agreed(proposed(), Outcome.COMMITTED).state().outcome());
    assertEquals(Outcome.ABORTED, agreed(proposed(), Outcome.ABORTED).state().outcome());
  }

  @Test
  void anotherLogSaysNothing() {
    Run run = proposed();
    TransactionState before = run.state();
    run.on(now -> ReplicatedOutcome.onAgreed(now, new NodeId(98), Outcome.ABORTED));
    assertSame(before, run.state());
  }

  @Test
  void voteRequestsNameTheLog() {
    Message request = root().ownerCommits().saidTo(SUBORDINATE).get(0);
    assertEquals(LOG, ((Message.VoteRequest) request).coordinator());
  }

  @Test
  void itIsProposedAgainAfterARestartAndWithdrawnAtTheEnd() {
    Run run = proposed().on(RootEnding::onRestarted);
    assertEquals(List.of(new Action.Propose(LOG, Outcome.COMMITTED)), run.actions());
    agreed(run, Outcome.COMMITTED).ack(SUBORDINATE);
    assertTrue(run.actions().contains(new Action.Withdraw(LOG)));
    assertTrue(run.appends().isEmpty(), "nothing was in this node's log");
  }

  @Test
  void oneInDoubtForLongProposesTheAbortAndObeysTheLog() {
    Run run = inDoubt();
    Action abort = new Action.Propose(LOG, Outcome.ABORTED);
    run.on(now -> SubordinateDoubt.onTimer(now, Timer.INQUIRY, 0));
    assertFalse(run.actions().contains(abort), "asks around first");
    run.on(now -> SubordinateDoubt.onTimer(now, Timer.INQUIRY, 2));
    assertTrue(run.actions().contains(abort));
    assertEquals(SubordinatePhase.PREPARED, run.phase(), "decides nothing alone");
    agreed(run, Outcome.COMMITTED);
    assertEquals(SubordinatePhase.FORCING_COMMIT, run.phase());
  }

  @Test
  void theRoleDoesNotMove() {
    Run run = root();
    TransactionState before = run.state();
    assertSame(before, run.on(now -> CoordinatorMigration.handOver(now, SUBORDINATE)).state());
  }

  @Test
  void aNodeThatKnowsNothingAsksTheLogForItsProcess() {
    assertEquals(
        List.of(new Action.Propose(LOG, Outcome.ABORTED)),
        ReplicatedOutcome.onInquire(LOG, Readiness.RECOVERED));
    assertTrue(ReplicatedOutcome.onInquire(LOG, Readiness.RECOVERING).isEmpty());
  }
}
