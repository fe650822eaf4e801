package org.quicksilver.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicksilver.transaction.Run.OWNER;
import static org.quicksilver.transaction.Run.SUBORDINATE;
import static org.quicksilver.transaction.Run.below;
import static org.quicksilver.transaction.Run.participant;
import static org.quicksilver.transaction.Run.process;
import static org.quicksilver.transaction.Run.server;
import static org.quicksilver.transaction.Run.standard;
import static org.quicksilver.transaction.Run.twoPhase;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The root table, row ACTIVE. */
final class RootTransactionTest {
  private static final Message ABORT = new Message.End(Outcome.ABORTED);

  @Test
  void joiningTwiceChangesNothing() {
    Run run = Run.root(standard(2));
    TransactionState before = run.state();
    assertSame(before, run.on(now -> RootTransaction.onJoin(now, standard(2))).state());
  }

  @Test
  void joiningAgainAsMoreTakesPartAsMore() {
    Run run = Run.root(standard(2), server(2), twoPhase(2));
    assertEquals(ParticipationClass.TWO_PHASE, run.find(process(2)).participation());
    assertEquals(DeathEffect.FAIL, run.find(process(2)).onDeath());
  }

  @Test
  void aNodeIsAlwaysTwoPhase() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            Participant.joining(
                SUBORDINATE, ParticipationClass.ONE_PHASE_STANDARD, DeathEffect.DROP));
  }

  @Test
  void aDeadOnePhaseParticipantIsDropped() {
    Run run = Run.root(standard(2)).on(now -> RootTransaction.onParticipantDied(now, process(2)));
    assertFalse(run.state().isFailed());
    assertTrue(run.state().participants().isEmpty());
  }

  @Test
  void aKilledServerFailsTheTransactionWhichGoesOn() {
    Run run =
        Run.root(server(2), standard(3))
            .on(now -> RootTransaction.onParticipantDied(now, process(2)));
    assertEquals(RootPhase.ACTIVE, run.phase());
    assertEquals(List.of("process 2 died"), run.state().failures());
    assertEquals(List.of(), run.actions());
  }

  @Test
  void aFailedTransactionAbortsWithItsReasonsWhenTheOwnerCommits() {
    Run run =
        Run.root(server(2), standard(3))
            .on(now -> RootTransaction.onParticipantDied(now, process(2)))
            .ownerCommits();
    assertEquals(
        new Action.TellOwner(OWNER, Outcome.ABORTED, List.of("process 2 died")),
        run.actions().get(0));
    assertEquals(List.of(ABORT), run.saidTo(process(3)));
    assertEquals(RootPhase.ENDED, run.ack(process(3)).phase());
  }

  @Test
  void aDeadTwoPhaseParticipantFailsWhateverItDeclared() {
    Run run = Run.root(twoPhase(2)).on(now -> RootTransaction.onParticipantDied(now, process(2)));
    assertTrue(run.state().isFailed());
  }

  @Test
  void aDeathThatTerminatesAbortsAtOnce() {
    Participant vital =
        participant(2, ParticipationClass.ONE_PHASE_STANDARD, DeathEffect.TERMINATE);
    Run run =
        Run.root(vital, standard(3)).on(now -> RootTransaction.onParticipantDied(now, process(2)));
    assertEquals(RootPhase.ABORTING, run.phase());
    assertEquals(List.of(ABORT), run.saidTo(process(3)));
  }

  @Test
  void aLostSubordinateFailsButStaysAndIsTold() {
    Run run = Run.root(below()).on(now -> RootTransaction.onSubordinateLost(now, SUBORDINATE));
    assertTrue(run.state().isFailed());
    assertFalse(run.find(SUBORDINATE).reachable());
    assertEquals(List.of(ABORT), run.ownerCommits().saidTo(SUBORDINATE));
    assertEquals(RootPhase.ENDED, run.phase(), "an abort does not wait for the unreachable");
  }

  @Test
  void everyFailureIsKeptInOrder() {
    Run run =
        Run.root(standard(2), below())
            .on(now -> RootTransaction.onParticipantAborts(now, process(2), "disk full"))
            .on(
                now ->
                    RootTransaction.onFailed(
                        now, SUBORDINATE, new Message.Failed("lost its server", false)));
    assertEquals(
        List.of("process 2: disk full", SUBORDINATE + ": lost its server"), run.state().failures());
    assertEquals(RootPhase.ACTIVE, run.phase());
  }

  @Test
  void failuresOfStrangersAndOldIncarnationsChangeNothing() {
    Run run = Run.root(below());
    TransactionState before = run.state();
    NodeParticipant old = new NodeParticipant(SUBORDINATE.node(), 0);
    run.on(now -> RootTransaction.onFailed(now, old, new Message.Failed("late", true)));
    assertSame(before, run.state());
  }

  @Test
  void theOwnersDeathAbortsAtOnce() {
    Run run = Run.root(standard(2)).on(now -> RootVoting.onOwnerDied(now, OWNER));
    assertEquals(RootPhase.ABORTING, run.phase());
    assertEquals(List.of(ABORT), run.saidTo(process(2)));
  }

  @Test
  void theDeathOfWhoOwnsNoMoreChangesNothing() {
    Run run = Run.root(standard(2)).on(now -> Owners.onHanded(now, OWNER, 5));
    assertEquals(RootPhase.ACTIVE, run.on(now -> RootVoting.onOwnerDied(now, OWNER)).phase());
    assertEquals(RootPhase.ABORTING, run.on(now -> RootVoting.onOwnerDied(now, 5)).phase());
  }

  @Test
  void theOwnerMayAbort() {
    Run run = Run.root(standard(2)).on(now -> RootVoting.onOwnerAborts(now, "enough"));
    assertEquals(
        new Action.TellOwner(OWNER, Outcome.ABORTED, List.of("its owner aborted it: enough")),
        run.actions().get(0));
    assertEquals(List.of(ABORT), run.saidTo(process(2)));
  }

  @Test
  void openRequestsRefuseTheCommit() {
    Run run = Run.root().on(now -> RootVoting.onOwnerCommits(now, 2));
    assertEquals(RootPhase.ACTIVE, run.phase());
    assertTrue(run.actions().get(0) instanceof Action.RefuseCommit);
  }

  @Test
  void aLateJoinerOfAnAbortedTransactionIsToldToCleanUp() {
    Run run = Run.root().on(now -> RootVoting.onOwnerDied(now, OWNER));
    assertEquals(RootPhase.ENDED, run.phase());
    assertEquals(
        List.of(ABORT), run.on(now -> RootTransaction.onJoin(now, standard(2))).saidTo(process(2)));
    assertEquals(
        List.of(ABORT), run.on(now -> RootTransaction.onJoin(now, twoPhase(3))).saidTo(process(3)));
  }

  @Test
  void whoCannotVoteAnyMoreIsRefused() {
    Run run = Run.root(standard(2)).ownerCommits();
    assertEquals(RootPhase.COMMITTING, run.phase());
    Step step = RootTransaction.onJoin(run.state(), twoPhase(3));
    assertTrue(step.refuses(process(3)));
    assertFalse(RootTransaction.onJoin(run.state(), standard(4)).refuses(process(4)));
  }

  @Test
  void afterTheVoteNoRequestGoesToASubordinate() {
    Run run = Run.root(below()).ownerCommits().vote(SUBORDINATE, Vote.RECOVERABLE);
    assertTrue(RootTransaction.onJoin(run.state(), below()).refuses(SUBORDINATE));
    assertTrue(RootTransaction.onJoin(run.forced().state(), below()).refuses(SUBORDINATE));
    assertTrue(RootTransaction.onJoin(run.ack(SUBORDINATE).state(), below()).refuses(SUBORDINATE));
  }
}
