package org.quicksilver.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicksilver.transaction.Run.OWNER;
import static org.quicksilver.transaction.Run.SUBORDINATE;
import static org.quicksilver.transaction.Run.SUPERIOR;
import static org.quicksilver.transaction.Run.below;
import static org.quicksilver.transaction.Run.node;
import static org.quicksilver.transaction.Run.process;
import static org.quicksilver.transaction.Run.standard;
import static org.quicksilver.transaction.Run.twoPhase;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The coordinator's role moves from the root to a direct subordinate. */
final class CoordinatorMigrationTest {
  private static final Message.HandOver RECORD = new Message.HandOver(1, List.of("why"), true);

  private static Run handedOver(Participant... others) {
    return Run.root(others)
        .on(now -> RootTransaction.onJoin(now, below()))
        .on(now -> CoordinatorMigration.handOver(now, SUBORDINATE));
  }

  private static Run taken(Run run) {
    return run.on(
        now -> CoordinatorMigration.onTaken(now, SUBORDINATE, new Message.HandOverTaken(1)));
  }

  private static Run coordinating() {
    return Run.subordinate(standard(2))
        .on(now -> CoordinatorMigration.onHandOver(now, SUPERIOR, RECORD));
  }

  @Test
  void theRootBecomesASubordinateOfWhomItHandsTheRecordTo() {
    Run run = handedOver(standard(2));
    assertEquals(SUBORDINATE, run.state().subordinate().primary());
    assertEquals(List.of(process(2)), List.copyOf(run.state().participants().keySet()));
    assertEquals(List.of(new Message.HandOver(1, List.of(), true)), run.saidTo(SUBORDINATE));
  }

  @Test
  void theSubordinateBecomesTheRootAndTheEdgeIsReversed() {
    Run run = coordinating();
    assertEquals(RootPhase.ACTIVE, run.phase());
    assertNotNull(run.state().find(SUPERIOR));
    assertEquals(List.of("why"), run.state().failures());
    assertEquals(List.of(new Message.HandOverTaken(1)), run.saidTo(SUPERIOR));
  }

  @Test
  void onlyWhatIsActiveMoves() {
    Run run = Run.root(below()).ownerCommits();
    TransactionState before = run.state();
    assertSame(before, run.on(now -> CoordinatorMigration.handOver(now, SUBORDINATE)).state());
  }

  @Test
  void aDuplicateOfAnEarlierHandOverChangesNothing() {
    Run run = coordinating().on(now -> CoordinatorMigration.handOver(now, SUPERIOR));
    TransactionState before = run.state();
    run.on(now -> CoordinatorMigration.onHandOver(now, SUPERIOR, RECORD));
    assertSame(before, run.state(), "term 1 is over, term 2 has begun");
  }

  @Test
  void aBrittleRootHandsOverToTheFirstRobustNodeItLinksTo() {
    Run run = Run.root(below());
    TransactionState before = run.state();
    for (Sturdiness peer : List.of(Sturdiness.BRITTLE, Sturdiness.ORDINARY)) {
      run.on(now -> CoordinatorMigration.onLinked(now, SUBORDINATE, Sturdiness.BRITTLE, peer));
      assertSame(before, run.state());
    }
    run.on(
        now ->
            CoordinatorMigration.onLinked(now, SUBORDINATE, Sturdiness.BRITTLE, Sturdiness.ROBUST));
    assertInstanceOf(Role.Subordinate.class, run.state().role());
  }

  @Test
  void anOrdinaryRootStaysOne() {
    Run run =
        Run.root(below())
            .on(
                now ->
                    CoordinatorMigration.onLinked(
                        now, SUBORDINATE, Sturdiness.ORDINARY, Sturdiness.ROBUST));
    assertEquals(RootPhase.ACTIVE, run.phase());
  }

  @Test
  void theOwnersWishIsKeptUntilTheRoleWasTakenThenPassedOn() {
    Run run = handedOver().on(Owners::onCommits);
    assertEquals(List.of(), run.actions());
    assertEquals(List.of(new Message.OwnerCommits()), taken(run).saidTo(SUBORDINATE));
    assertEquals(List.of(), taken(run).actions(), "a duplicate");
  }

  @Test
  void theWishReachesTheNewCoordinatorWhichAsksTheOldOne() {
    Run run = coordinating().on(now -> Owners.onCommitsBelow(now, SUPERIOR));
    assertEquals(RootPhase.ABORTING, run.phase(), "it was failed");
    Run sound =
        Run.subordinate()
            .on(
                now ->
                    CoordinatorMigration.onHandOver(
                        now, SUPERIOR, new Message.HandOver(1, List.of(), true)))
            .on(now -> Owners.onCommitsBelow(now, SUPERIOR));
    assertEquals(List.of(new Message.VoteRequest(1, List.of())), sound.saidTo(SUPERIOR));
  }

  @Test
  void aLostLinkInTheMiddleAbortsBothSides() {
    Run old = handedOver(standard(2)).on(now -> EitherRole.onSuperiorLost(now, SUBORDINATE));
    assertEquals(Outcome.ABORTED, old.state().outcome());
    Run next = coordinating().on(now -> RootTransaction.onSubordinateLost(now, SUPERIOR));
    assertEquals(Outcome.ABORTED, next.state().outcome(), "the owner is out of reach");
  }

  @Test
  void whoHangsOnAnotherSuperiorRefusesAndTheRootCoordinatesOn() {
    Run other =
        Run.subordinate()
            .on(now -> SubordinateTransaction.onRequest(now, node(7), 1))
            .on(now -> CoordinatorMigration.onHandOver(now, node(7), RECORD));
    assertEquals(List.of(new Message.HandOverRefused(1)), other.saidTo(node(7)));
    Run root =
        handedOver()
            .on(
                now ->
                    CoordinatorMigration.onRefused(
                        now, SUBORDINATE, new Message.HandOverRefused(1)));
    assertEquals(RootPhase.ACTIVE, root.phase());
    assertNotNull(root.state().find(SUBORDINATE));
  }

  @Test
  void whoHasAbortedAloneOrKnowsNothingCannotCoordinate() {
    Run aborted =
        Run.subordinate()
            .on(now -> SubordinateDoubt.onSuperiorLost(now, SUPERIOR))
            .on(now -> CoordinatorMigration.onHandOver(now, SUPERIOR, RECORD));
    assertEquals(List.of(Message.End.ABORT), aborted.saidTo(SUPERIOR));
    Run unknown =
        Run.of(
            UnknownTransaction.onMessage(Run.TID, SUPERIOR, RECORD, Readiness.RECOVERED)
                .orElseThrow());
    assertEquals(List.of(Message.End.ABORT), unknown.saidTo(SUPERIOR));
    assertTrue(
        UnknownTransaction.onMessage(Run.TID, SUPERIOR, RECORD, Readiness.RECOVERING).isEmpty());
  }

  @Test
  void anAbortWhileTheRoleIsUnderWayIsReportedWhenItHasArrived() {
    Run run = handedOver().on(now -> Owners.onDied(now, OWNER));
    assertEquals(Outcome.ABORTED, run.state().outcome());
    assertEquals(List.of(), run.saidTo(SUBORDINATE), "it may hang on this node");
    Message.Failed failed = (Message.Failed) taken(run).saidTo(SUBORDINATE).get(0);
    assertTrue(failed.terminate());
  }

  @Test
  void laterPreparedRecordsNameTheNewCoordinator() {
    Run run = taken(handedOver(twoPhase(2)));
    run.on(
            now ->
                SubordinateVoting.onVoteRequest(
                    now, SUBORDINATE, new Message.VoteRequest(1, List.of())))
        .vote(process(2), Vote.RECOVERABLE);
    LogRecord.Prepared prepared = (LogRecord.Prepared) run.forces().get(0);
    assertEquals(SUBORDINATE.node(), prepared.coordinator());
    assertEquals(SUBORDINATE, prepared.primary());
  }

  @Test
  void whereTheTransactionBeganDoesNotAnswerForTheNewCoordinator() {
    Message.Inquire inquiry = new Message.Inquire(SUBORDINATE.node());
    NodeId birthplace = new NodeId(Run.TID.node());
    assertEquals(
        List.of(), UnknownTransaction.onInquire(birthplace, node(7), inquiry, Readiness.RECOVERED));
    assertFalse(
        UnknownTransaction.onInquire(SUBORDINATE.node(), node(7), inquiry, Readiness.RECOVERED)
            .isEmpty());
  }
}
