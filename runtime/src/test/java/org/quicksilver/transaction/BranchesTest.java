package org.quicksilver.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicksilver.transaction.Run.process;
import static org.quicksilver.transaction.Run.server;
import static org.quicksilver.transaction.Run.standard;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A provisional transaction that turns out to be a branch of another. */
final class BranchesTest {
  private static final TransactionId PROVISIONAL = new TransactionId(1, 2, 1);

  private static TransactionState provisional() {
    TransactionState begun = RootTransaction.begin(PROVISIONAL, 2).state();
    return RootTransaction.onJoin(begun, server(2)).state();
  }

  @Test
  void theParticipantsOfABranchMoveToTheWhole() {
    Run run = Run.root(standard(3)).on(now -> RootTransaction.absorb(now, provisional()));
    assertEquals(List.of(process(3), process(2)), List.copyOf(run.state().participants().keySet()));
    assertEquals(DeathEffect.FAIL, run.find(process(2)).onDeath());
  }

  @Test
  void anAbsorbedBranchEndsWithoutTellingAnybody() {
    Step step = Branches.onAbsorbed(provisional());
    assertTrue(step.state().phase().isEnded());
    assertEquals(List.of(new Action.Forget(null)), step.actions());
  }

  @Test
  void aBranchThatHasAbortedFailsTheWhole() {
    TransactionState aborted = RootVoting.onOwnerDied(provisional(), 2).state();
    Run run = Run.root().on(now -> RootTransaction.absorb(now, aborted));
    assertEquals(aborted.failures(), run.state().failures());
    assertEquals(RootPhase.ABORTING, Branches.onAbsorbed(aborted).state().phase());
  }

  @Test
  void aBranchOfAnAbortedTransactionIsTold() {
    Run run =
        Run.root()
            .on(now -> RootVoting.onOwnerDied(now, Run.OWNER))
            .on(now -> RootTransaction.absorb(now, provisional()));
    assertEquals(List.of(new Message.End(Outcome.ABORTED)), run.saidTo(process(2)));
  }

  @Test
  void aBranchOfASubordinateMovesThere() {
    Run run = Run.subordinate().on(now -> EitherRole.absorb(now, provisional()));
    assertEquals(List.of(process(2)), List.copyOf(run.state().participants().keySet()));
  }
}
