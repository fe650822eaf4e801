package org.quicksilver.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicksilver.transaction.Run.SUPERIOR;
import static org.quicksilver.transaction.Run.node;
import static org.quicksilver.transaction.Run.participant;
import static org.quicksilver.transaction.Run.process;
import static org.quicksilver.transaction.Run.server;
import static org.quicksilver.transaction.Run.standard;
import static org.quicksilver.transaction.Run.twoPhase;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The subordinate table, row ACTIVE, and requests. */
final class SubordinateTransactionTest {
  private static final NodeParticipant OTHER = node(7);

  @Test
  void aRequestOverAnotherLinkAddsASuperiorWhoseVoteIsReadOnlyAtOnce() {
    Run run =
        Run.subordinate(twoPhase(2))
            .on(now -> SubordinateTransaction.onRequest(now, OTHER, 1))
            .on(
                now ->
                    SubordinateVoting.onVoteRequest(
                        now, OTHER, new Message.VoteRequest(3, List.of())));
    assertEquals(List.of(OTHER), run.state().subordinate().others());
    assertEquals(List.of(Run.cast(Vote.READ_ONLY, 3)), run.saidTo(OTHER));
    assertEquals(SubordinatePhase.ACTIVE, run.phase());
  }

  @Test
  void aLostPrimarySuperiorAbortsTheSubtree() {
    Run run =
        Run.subordinate(standard(2)).on(now -> SubordinateDoubt.onSuperiorLost(now, SUPERIOR));
    assertEquals(SubordinatePhase.ABORTING, run.phase());
    assertEquals(List.of(new Message.End(Outcome.ABORTED)), run.saidTo(process(2)));
    assertEquals(SubordinatePhase.ENDED, run.ack(process(2)).phase());
  }

  @Test
  void anotherSuperiorLostChangesNothing() {
    Run run = Run.subordinate().on(now -> SubordinateTransaction.onRequest(now, OTHER, 1));
    TransactionState before = run.state();
    assertSame(before, run.on(now -> SubordinateDoubt.onSuperiorLost(now, OTHER)).state());
  }

  @Test
  void aFailureIsReportedToTheSuperiorAndTheTransactionGoesOn() {
    Run run =
        Run.subordinate(server(2))
            .on(now -> SubordinateTransaction.onParticipantDied(now, process(2)));
    assertEquals(List.of(new Message.Failed("process 2 died", false)), run.saidTo(SUPERIOR));
    assertEquals(SubordinatePhase.ACTIVE, run.phase());
  }

  @Test
  void aDeathThatTerminatesAbortsTheSubtreeAndReportsIt() {
    Participant vital =
        participant(2, ParticipationClass.ONE_PHASE_STANDARD, DeathEffect.TERMINATE);
    Run run =
        Run.subordinate(vital, standard(3))
            .on(now -> SubordinateTransaction.onParticipantDied(now, process(2)));
    assertEquals(List.of(new Message.Failed("process 2 died", true)), run.saidTo(SUPERIOR));
    assertEquals(List.of(new Message.End(Outcome.ABORTED)), run.saidTo(process(3)));
  }

  @Test
  void aRequestAfterAReadOnlyVoteEnlistsAgainUnderItsSender() {
    Run run = Run.subordinate().asked();
    assertEquals(SubordinatePhase.READ_ONLY, run.phase());
    run.on(now -> SubordinateTransaction.onRequest(now, OTHER, 1));
    assertEquals(SubordinatePhase.ACTIVE, run.phase());
    assertEquals(OTHER, run.state().subordinate().primary());
  }

  @Test
  void aRequestOvertakenByItsVoteRequestIsRefused() {
    Run run = Run.subordinate().asked();
    run.on(now -> SubordinateTransaction.onRequest(now, SUPERIOR, 1));
    assertEquals(SubordinatePhase.READ_ONLY, run.phase());
    assertTrue(run.saidTo(SUPERIOR).get(0) instanceof Message.Failed);
    run.on(now -> SubordinateTransaction.onRequest(now, SUPERIOR, 2));
    assertEquals(SubordinatePhase.ACTIVE, run.phase());
  }

  @Test
  void aRequestAfterABindingVoteIsRefusedAndFailsTheTransaction() {
    Run run = Run.subordinate(standard(2)).asked();
    assertEquals(SubordinatePhase.VOLATILE, run.phase());
    run.on(now -> SubordinateTransaction.onRequest(now, OTHER, 1));
    assertTrue(run.saidTo(OTHER).get(0) instanceof Message.Failed);
    assertTrue(run.saidTo(SUPERIOR).get(0) instanceof Message.Failed);
    run.on(now -> SubordinateTransaction.onJoin(now, standard(3)));
    assertTrue(run.saidTo(process(3)).get(0) instanceof Message.JoinRefused);
  }

  @Test
  void anOldIncarnationOfTheSuperiorChangesNothing() {
    Run run = Run.subordinate(standard(2));
    TransactionState before = run.state();
    NodeParticipant old = new NodeParticipant(SUPERIOR.node(), 0);
    run.on(now -> SubordinateEnding.onEnd(now, old, new Message.End(Outcome.ABORTED)))
        .on(now -> SubordinateDoubt.onSuperiorLost(now, old))
        .on(now -> SubordinateTransaction.onRequest(now, old, 1));
    assertSame(before, run.state());
  }
}
