package org.quicksilver.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicksilver.transaction.Run.OWNER;
import static org.quicksilver.transaction.Run.SUBORDINATE;
import static org.quicksilver.transaction.Run.below;
import static org.quicksilver.transaction.Run.standard;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Owners: open requests, delegation, and owners away from the coordinator. */
final class OwnersTest {

  /** The owner's node after the coordinator has moved away from it. */
  private static Run away(Participant... others) {
    return Run.root(others)
        .on(now -> RootTransaction.onJoin(now, below()))
        .on(now -> CoordinatorMigration.handOver(now, SUBORDINATE))
        .on(now -> CoordinatorMigration.onTaken(now, SUBORDINATE, new Message.HandOverTaken(1)));
  }

  private static Run told(Run run, Message.End end) {
    return run.on(now -> SubordinateEnding.onEnd(now, SUBORDINATE, end));
  }

  @Test
  void anOpenRequestRefusesTheCommitUntilItIsClosed() {
    Run run = Run.root().on(now -> Owners.onRequestOpened(now, 7)).on(Owners::onCommits);
    assertEquals(RootPhase.ACTIVE, run.phase());
    assertInstanceOf(Action.RefuseCommit.class, run.actions().get(0));
    run.on(now -> Owners.onRequestClosed(now, 7)).on(Owners::onCommits);
    assertEquals(Outcome.COMMITTED, run.state().outcome());
  }

  @Test
  void anOpenRequestRefusesTheCommitAwayFromTheCoordinatorToo() {
    Run run = away().on(now -> Owners.onRequestOpened(now, 7)).on(Owners::onCommits);
    assertEquals(1, run.actions().size());
    assertInstanceOf(Action.RefuseCommit.class, run.actions().get(0));
  }

  @Test
  void aRequestOpenedTwiceIsOne() {
    Run run = Run.root().on(now -> Owners.onRequestOpened(now, 7));
    TransactionState before = run.state();
    assertSame(before, run.on(now -> Owners.onRequestOpened(now, 7)).state());
  }

  @Test
  void onlyTheOwnerHandsOwnershipOver() {
    Run run = Run.root();
    TransactionState before = run.state();
    assertSame(before, run.on(now -> Owners.onHanded(now, 9, 5)).state());
    run.on(now -> Owners.onHanded(now, OWNER, 5)).on(now -> Owners.onDied(now, OWNER));
    assertEquals(RootPhase.ACTIVE, run.phase());
    assertEquals(Outcome.ABORTED, run.on(now -> Owners.onDied(now, 5)).state().outcome());
  }

  @Test
  void theOwnersDeathAwayFromTheCoordinatorAbortsAtOnceAndIsReported() {
    Run run = away(standard(2)).on(now -> Owners.onDied(now, OWNER));
    assertEquals(SubordinatePhase.ABORTING, run.phase());
    assertTrue(((Message.Failed) run.saidTo(SUBORDINATE).get(0)).terminate());
  }

  @Test
  void afterItsWishNothingHangsOnTheOwnerAway() {
    Run run = away().on(Owners::onCommits);
    TransactionState before = run.state();
    assertSame(before, run.on(now -> Owners.onDied(now, OWNER)).state());
  }

  @Test
  void theOwnersNodeAwaitsTheOutcomeAndTellsTheOwner() {
    Run run =
        away()
            .on(Owners::onCommits)
            .on(
                now ->
                    SubordinateVoting.onVoteRequest(
                        now, SUBORDINATE, new Message.VoteRequest(1, List.of())));
    assertEquals(SubordinatePhase.VOLATILE, run.phase(), "never read-only");
    told(run, new Message.End(Outcome.COMMITTED));
    Action told = new Action.TellOwner(OWNER, Outcome.COMMITTED, List.of());
    assertTrue(run.actions().contains(told));
    assertEquals(List.of(told), run.on(Owners::onCommits).actions(), "asked again");
  }

  @Test
  void theReasonsReachTheOwnerAway() {
    Run run = told(away(), new Message.End(Outcome.ABORTED, List.of("disk full")));
    Action.TellOwner told = (Action.TellOwner) run.actions().get(0);
    assertTrue(told.reasons().contains("disk full"));
  }

  @Test
  void theOwnerAwayMayAbort() {
    Run run = away().on(now -> Owners.onAborts(now, "enough"));
    assertEquals(Outcome.ABORTED, run.state().outcome());
    assertTrue(((Message.Failed) run.saidTo(SUBORDINATE).get(0)).terminate());
  }
}
