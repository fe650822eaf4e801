package org.quicksilver.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicksilver.transaction.Run.OWNER;
import static org.quicksilver.transaction.Run.SUBORDINATE;
import static org.quicksilver.transaction.Run.SUPERIOR;
import static org.quicksilver.transaction.Run.below;
import static org.quicksilver.transaction.Run.node;
import static org.quicksilver.transaction.Run.process;

import java.util.List;
import org.junit.jupiter.api.Test;

final class OwnershipTransferTest {

  private static final int NEXT = 77;

  private static Run going() {
    return Run.root(below()).on(now -> OwnershipTransfer.hand(now, OWNER, SUBORDINATE, NEXT));
  }

  private static Run taken() {
    return going()
        .on(now -> OwnershipTransfer.onTaken(now, SUBORDINATE, new Message.OwnershipTaken(1)));
  }

  private static Run arrived() {
    return Run.subordinate()
        .on(now -> OwnershipTransfer.onHanded(now, SUPERIOR, new Message.OwnershipHanded(NEXT, 1)));
  }

  @Test
  void goesToASubordinateWhoseOwnerThenCommits() {
    assertEquals(List.of(new Message.OwnershipHanded(NEXT, 1)), going().saidTo(SUBORDINATE));
    Run run = taken();
    assertEquals(SUBORDINATE, run.state().ownership().owner());
    run.on(now -> Owners.onCommitsBelow(now, SUBORDINATE));
    assertEquals(RootPhase.VOTING, run.phase());
  }

  @Test
  void theFormerOwnerHasNoSayAfterwards() {
    Run run = taken();
    TransactionState before = run.state();
    assertSame(before, run.on(now -> Owners.onCommits(now, OWNER)).state());
    assertSame(before, run.on(now -> Owners.onDied(now, OWNER)).state());
  }

  @Test
  void thereIsNoCommitWhileItIsOnItsWay() {
    Run run = going().on(now -> Owners.onCommits(now, OWNER));
    assertInstanceOf(Action.RefuseCommit.class, run.actions().get(0));
    assertEquals(RootPhase.ACTIVE, run.phase());
  }

  @Test
  void refusedItStays() {
    Run run =
        going()
            .on(
                now ->
                    OwnershipTransfer.onRefused(now, SUBORDINATE, new Message.OwnershipRefused(1)))
            .on(now -> Owners.onCommits(now, OWNER));
    assertEquals(RootPhase.VOTING, run.phase());
  }

  @Test
  void itsDeathOnTheWayAborts() {
    assertEquals(Outcome.ABORTED, going().on(now -> Owners.onDied(now, OWNER)).state().outcome());
  }

  @Test
  void theLossOfTheWayAborts() {
    Run run = going().on(now -> RootTransaction.onSubordinateLost(now, SUBORDINATE));
    assertEquals(Outcome.ABORTED, run.state().outcome());
  }

  @Test
  void aCommitFromTheNextOwnerImpliesThatItWasTaken() {
    Run run = going().on(now -> Owners.onCommitsBelow(now, SUBORDINATE));
    assertEquals(RootPhase.VOTING, run.phase());
    assertEquals(SUBORDINATE, run.state().ownership().owner());
  }

  @Test
  void takenBelowItIsOwnedThere() {
    Run run = arrived();
    assertEquals(List.of(new Message.OwnershipTaken(1)), run.saidTo(SUPERIOR));
    run.on(now -> Owners.onCommits(now, NEXT));
    assertEquals(List.of(new Message.OwnerCommits()), run.saidTo(SUPERIOR));
  }

  @Test
  void theSameMoveTwiceIsOne() {
    Run run = arrived();
    TransactionState before = run.state();
    run.on(now -> OwnershipTransfer.onHanded(now, SUPERIOR, new Message.OwnershipHanded(NEXT, 1)));
    assertSame(before, run.state());
    assertTrue(run.actions().isEmpty());
  }

  @Test
  void itGoesBackUp() {
    Run run = arrived().on(now -> OwnershipTransfer.hand(now, NEXT, SUPERIOR, OWNER));
    assertEquals(List.of(new Message.OwnershipHanded(OWNER, 2)), run.saidTo(SUPERIOR));
    run.on(now -> OwnershipTransfer.onTaken(now, SUPERIOR, new Message.OwnershipTaken(2)));
    assertNull(run.state().ownership().owner());
  }

  @Test
  void oneThatIsNoNeighbourOrNotOnTheTreeGetsNothing() {
    Run run = Run.root(below());
    TransactionState before = run.state();
    assertSame(before, run.on(now -> OwnershipTransfer.hand(now, OWNER, node(5), NEXT)).state());
    Run elsewhere =
        Run.subordinate()
            .on(
                now ->
                    OwnershipTransfer.onHanded(now, node(5), new Message.OwnershipHanded(NEXT, 1)));
    assertEquals(List.of(new Message.OwnershipRefused(1)), elsewhere.saidTo(node(5)));
  }

  @Test
  void openRequestsKeepItHere() {
    Run run = Run.root(below()).on(now -> Owners.onRequestOpened(now, 1));
    TransactionState before = run.state();
    assertSame(
        before, run.on(now -> OwnershipTransfer.hand(now, OWNER, SUBORDINATE, NEXT)).state());
    assertEquals(process(OWNER), run.state().ownership().owner());
  }

  @Test
  void theCoordinatorsRoleStaysWhileOwnershipGoes() {
    Run run = going();
    TransactionState before = run.state();
    assertSame(before, run.on(now -> CoordinatorMigration.handOver(now, SUBORDINATE)).state());
  }
}
