package org.quicksilver.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.quicksilver.transaction.Run.OWNER;
import static org.quicksilver.transaction.Run.SUBORDINATE;
import static org.quicksilver.transaction.Run.TID;
import static org.quicksilver.transaction.Run.below;
import static org.quicksilver.transaction.Run.delayed;
import static org.quicksilver.transaction.Run.process;
import static org.quicksilver.transaction.Run.standard;
import static org.quicksilver.transaction.Run.twoPhase;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The root table, rows COMMITTING and ABORTING, and what follows a crash. */
final class RootEndingTest {
  private static final Message COMMIT = new Message.End(Outcome.COMMITTED);
  private static final NodeParticipant REBORN = new NodeParticipant(SUBORDINATE.node(), 2);

  private static Run committing(Vote vote) {
    Run run = Run.root(below()).ownerCommits().vote(SUBORDINATE, vote);
    return vote == Vote.RECOVERABLE ? run.forced() : run;
  }

  @Test
  void theDelayedOnesAreToldLastThenTheTransactionIsForgotten() {
    Run run =
        Run.root(delayed(2), twoPhase(3), standard(4))
            .ownerCommits()
            .vote(process(3), Vote.RECOVERABLE)
            .forced();
    assertEquals(List.of(), run.ack(process(3)).saidTo(process(2)));
    assertEquals(List.of(COMMIT), run.ack(process(4)).saidTo(process(2)));
    assertEquals(List.of(new LogRecord.End(TID)), run.ack(process(2)).appends());
    assertEquals(RootPhase.ENDED, run.phase());
  }

  @Test
  void anUnreachablePreparedSubordinateIsKeptForEverAndToldOnReconnection() {
    Run run =
        committing(Vote.RECOVERABLE).on(now -> RootTransaction.onSubordinateLost(now, SUBORDINATE));
    assertEquals(RootPhase.COMMITTING, run.phase());
    run.on(now -> RootEnding.onReconnected(now, SUBORDINATE));
    assertEquals(List.of(COMMIT), run.saidTo(SUBORDINATE));
    assertEquals(RootPhase.ENDED, run.ack(SUBORDINATE).phase());
  }

  @Test
  void aPreparedSubordinateKeepsItsPromiseInALaterLife() {
    Run run = committing(Vote.RECOVERABLE).on(now -> RootEnding.onReborn(now, SUBORDINATE, REBORN));
    assertEquals(List.of(COMMIT), run.saidTo(REBORN));
    assertEquals(RootPhase.COMMITTING, run.ack(SUBORDINATE).phase(), "an old incarnation");
    assertEquals(RootPhase.ENDED, run.ack(REBORN).phase());
  }

  @Test
  void anUnpreparedSubordinateThatComesBackFailsTheTransaction() {
    Run run = Run.root(below()).on(now -> RootEnding.onReborn(now, SUBORDINATE, REBORN));
    assertEquals(List.of(SUBORDINATE + " died"), run.state().failures());
  }

  @Test
  void aDeadOnePhaseParticipantCountsAsAcknowledged() {
    Run run =
        Run.root(standard(2))
            .ownerCommits()
            .on(now -> RootTransaction.onParticipantDied(now, process(2)));
    assertEquals(RootPhase.ENDED, run.phase());
  }

  @Test
  void aDeadPreparedProcessIsAwaitedUntilItIsReborn() {
    Run run =
        Run.root(twoPhase(2))
            .ownerCommits()
            .vote(process(2), Vote.RECOVERABLE)
            .forced()
            .on(now -> RootTransaction.onParticipantDied(now, process(2)));
    assertEquals(RootPhase.COMMITTING, run.phase());
    run.on(now -> RootEnding.onReborn(now, process(2), process(7)));
    assertEquals(List.of(COMMIT), run.saidTo(process(7)));
    assertEquals(RootPhase.ENDED, run.ack(process(7)).phase());
  }

  @Test
  void anAbortIsForgottenWhenAllReachableHaveAcknowledged() {
    Run run = Run.root(standard(2), below()).on(now -> RootVoting.onOwnerDied(now, OWNER));
    run.ack(process(2));
    assertEquals(RootPhase.ABORTING, run.phase());
    run.on(now -> RootTransaction.onSubordinateLost(now, SUBORDINATE));
    assertEquals(List.of(new Action.Forget(Outcome.ABORTED)), run.actions());
  }

  @Test
  void lateAcknowledgementsChangeNothing() {
    Run run = Run.root(standard(2)).ownerCommits().ack(process(2));
    TransactionState before = run.state();
    assertSame(before, run.ack(process(2)).state());
    assertEquals(List.of(), run.actions());
  }

  @Test
  void anInquiryIsAnsweredOnceTheOutcomeIsThere() {
    Run run = Run.root(below()).ownerCommits();
    assertEquals(List.of(), run.on(now -> RootEnding.onInquire(now, SUBORDINATE)).actions());
    run.vote(SUBORDINATE, Vote.RECOVERABLE);
    assertEquals(List.of(), run.on(now -> RootEnding.onInquire(now, SUBORDINATE)).actions());
    run = committing(Vote.VOLATILE).on(now -> RootEnding.onInquire(now, SUBORDINATE));
    assertEquals(List.of(new Message.OutcomeIs(Outcome.COMMITTED)), run.saidTo(SUBORDINATE));
  }

  @Test
  void aRestartedRootSaysAgainWhatIsOpen() {
    Run voting = Run.root(below()).ownerCommits().on(RootEnding::onRestarted);
    assertEquals(1, voting.saidTo(SUBORDINATE).size());
    Run forcing = Run.root(below()).ownerCommits().vote(SUBORDINATE, Vote.RECOVERABLE);
    assertEquals(1, forcing.on(RootEnding::onRestarted).forces().size());
    Run committing = committing(Vote.RECOVERABLE).on(RootEnding::onRestarted);
    assertEquals(List.of(COMMIT), committing.saidTo(SUBORDINATE));
  }
}
