package org.quicksilver.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicksilver.transaction.Run.SUPERIOR;
import static org.quicksilver.transaction.Run.delayed;
import static org.quicksilver.transaction.Run.node;
import static org.quicksilver.transaction.Run.process;
import static org.quicksilver.transaction.Run.standard;
import static org.quicksilver.transaction.Run.twoPhase;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The subordinate table, rows VOLATILE and PREPARED, "unknown", and "After a crash". */
final class SubordinateEndingTest {
  private static final Message INQUIRE = new Message.Inquire(SUPERIOR.node());
  private static final Message ABORT = new Message.End(Outcome.ABORTED);
  private static final Message COMMIT = new Message.End(Outcome.COMMITTED);
  private static final List<Message> ACK = List.of(new Message.EndAck());

  private static Run prepared() {
    return Run.subordinate(twoPhase(2), standard(3))
        .asked()
        .vote(process(2), Vote.RECOVERABLE)
        .forced();
  }

  private static Run inquired(Run run, Outcome outcome) {
    return run.on(now -> SubordinateEnding.onOutcome(now, node(7), new Message.OutcomeIs(outcome)));
  }

  @Test
  void aVolatileCommitIsPassedDownAndAcknowledgedWithoutLog() {
    Run run = Run.subordinate(standard(2), delayed(3)).asked().end(Outcome.COMMITTED);
    assertEquals(List.of(COMMIT), run.saidTo(process(2)));
    assertEquals(List.of(), run.saidTo(SUPERIOR));
    assertEquals(List.of(COMMIT), run.ack(process(2)).saidTo(process(3)));
    assertEquals(ACK, run.ack(process(3)).saidTo(SUPERIOR));
    assertEquals(List.of(), run.appends());
  }

  @Test
  void aPreparedCommitIsForcedThenPassedDownThenAcknowledged() {
    Run run = prepared().end(Outcome.COMMITTED);
    assertEquals(SubordinatePhase.FORCING_COMMIT, run.phase());
    assertEquals(List.of(), run.saidTo(process(2)));
    assertEquals(List.of(COMMIT), run.forced().saidTo(process(2)));
    assertEquals(List.of(), run.ack(process(3)).saidTo(SUPERIOR));
    assertEquals(ACK, run.ack(process(2)).saidTo(SUPERIOR));
    assertEquals(List.of(new LogRecord.End(Run.TID)), run.appends());
  }

  @Test
  void aPreparedAbortIsNotForced() {
    Run run = prepared().end(Outcome.ABORTED);
    assertEquals(List.of(), run.forces());
    assertEquals(List.of(ABORT), run.saidTo(process(2)));
  }

  @Test
  void theEndToldTwiceIsAcknowledgedTwiceAndDoneOnce() {
    Run run = Run.subordinate(standard(2)).end(Outcome.ABORTED).end(Outcome.ABORTED);
    assertEquals(List.of(), run.saidTo(process(2)));
    assertEquals(ACK, run.ack(process(2)).saidTo(SUPERIOR));
    assertEquals(ACK, run.end(Outcome.ABORTED).saidTo(SUPERIOR));
  }

  @Test
  void nobodyCanHaveCommittedWhatItHasNotVotedFor() {
    Run run = Run.subordinate(twoPhase(2)).asked();
    TransactionState before = run.state();
    assertSame(before, run.end(Outcome.COMMITTED).state());
  }

  @Test
  void aVolatileVoterThatLosesItsSuperiorAsksThenAbortsAlone() {
    Run run =
        Run.subordinate(standard(2))
            .asked()
            .on(now -> SubordinateDoubt.onSuperiorLost(now, SUPERIOR));
    assertEquals(List.of(INQUIRE), run.saidTo(SUPERIOR));
    run.on(now -> SubordinateDoubt.onTimer(now, Timer.PATIENCE, 0));
    assertEquals(List.of(ABORT), run.saidTo(process(2)));
    run.ack(process(2)).end(Outcome.COMMITTED);
    assertTrue(
        run.actions()
            .contains(
                new Action.ReportDamage(Authority.ALONE, Outcome.ABORTED, Outcome.COMMITTED)));
  }

  @Test
  void aVolatileVoterWhoseSuperiorIsBackKeepsWaiting() {
    Run run =
        Run.subordinate(standard(2))
            .asked()
            .on(now -> SubordinateDoubt.onSuperiorLost(now, SUPERIOR))
            .on(now -> SubordinateDoubt.onSuperiorReconnected(now, SUPERIOR))
            .on(now -> SubordinateDoubt.onTimer(now, Timer.PATIENCE, 0));
    assertEquals(SubordinatePhase.VOLATILE, run.phase());
  }

  @Test
  void oneInDoubtAsksAroundWithBackOffAndNeverDecidesAlone() {
    Run run = prepared().on(now -> SubordinateDoubt.onSuperiorLost(now, SUPERIOR));
    assertEquals(List.of(INQUIRE), run.saidTo(SUPERIOR));
    assertEquals(List.of(INQUIRE), run.saidTo(node(7)));
    run.on(now -> SubordinateDoubt.onTimer(now, Timer.INQUIRY, 4));
    assertTrue(run.actions().contains(new Action.SetTimer(Timer.INQUIRY, 5)));
    run.on(now -> SubordinateDoubt.onTimer(now, Timer.PATIENCE, 0))
        .on(now -> SubordinateTransaction.onParticipantAborts(now, process(3), "no"));
    assertEquals(SubordinatePhase.PREPARED, run.phase());
  }

  @Test
  void aWitnessMaySettleTheDoubt() {
    Run run = inquired(prepared(), Outcome.COMMITTED).forced().ack(process(2)).ack(process(3));
    assertEquals(ACK, run.saidTo(SUPERIOR));
    assertEquals(
        List.of(new Message.OutcomeIs(Outcome.COMMITTED)),
        run.on(now -> SubordinateDoubt.onInquire(now, node(7))).saidTo(node(7)));
  }

  @Test
  void anOperatorsWordIsLoggedComparedAndItsDamageReported() {
    Run run = prepared().on(now -> SubordinateDoubt.onOperatorResolves(now, Outcome.ABORTED));
    assertEquals(List.of(new LogRecord.Heuristic(Run.TID, Outcome.ABORTED)), run.forces());
    assertEquals(List.of(ABORT), run.forced().saidTo(process(2)));
    assertEquals(SubordinatePhase.RESOLVED, run.ack(process(2)).ack(process(3)).phase());
    assertEquals(List.of(), run.on(now -> SubordinateDoubt.onInquire(now, node(7))).actions());
    run.end(Outcome.COMMITTED);
    assertEquals(
        new Action.ReportDamage(Authority.OPERATOR, Outcome.ABORTED, Outcome.COMMITTED),
        run.actions().get(0));
    assertEquals(Outcome.ABORTED, run.state().outcome(), "never silently replaced");
    assertEquals(ACK, run.saidTo(SUPERIOR));
    assertEquals(List.of(), run.on(now -> SubordinateDoubt.onInquire(now, node(7))).actions());
  }

  @Test
  void anOperatorMayOnlyDecideForOneInDoubt() {
    Run run = Run.subordinate(standard(2)).asked();
    TransactionState before = run.state();
    run.on(now -> SubordinateDoubt.onOperatorResolves(now, Outcome.COMMITTED));
    assertSame(before, run.state());
  }

  private static List<Action> unknownAt(NodeId self, Readiness readiness) {
    Message.Inquire inquiry = new Message.Inquire(new NodeId(1));
    return UnknownTransaction.onInquire(self, node(7), inquiry, readiness);
  }

  @Test
  void theUnknownIsAcknowledgedAndMeansAbortOnlyForOurOwn() {
    Run run = Run.of(UnknownTransaction.onEnd(Run.TID, SUPERIOR, new Message.End(Outcome.ABORTED)));
    assertEquals(ACK, run.saidTo(SUPERIOR));
    Action abort = new Action.Send(node(7), new Message.OutcomeIs(Outcome.ABORTED));
    assertEquals(List.of(abort), unknownAt(new NodeId(1), Readiness.RECOVERED));
    assertEquals(List.of(), unknownAt(new NodeId(2), Readiness.RECOVERED));
    assertEquals(List.of(), unknownAt(new NodeId(1), Readiness.RECOVERING));
  }

  @Test
  void aPowerFailureLeavesWhatTheLogSays() {
    Run prepared = Run.subordinate(twoPhase(2)).asked().vote(process(2), Vote.RECOVERABLE);
    LogRecord vote = prepared.forces().get(0);
    TransactionState inDoubt = Recovery.replay(List.of(vote)).orElseThrow();
    assertEquals(SubordinatePhase.PREPARED, inDoubt.phase());
    LogRecord commit = prepared.forced().end(Outcome.COMMITTED).forces().get(0);
    Run redone = Run.of(EitherRole.onRestarted(Recovery.replay(List.of(vote, commit)).get()));
    assertEquals(List.of(COMMIT), redone.saidTo(process(2)).subList(0, 1));
    assertTrue(Recovery.replay(List.of(vote, commit, new LogRecord.End(Run.TID))).isEmpty());
    assertTrue(Recovery.replay(List.of()).isEmpty());
    TransactionState root = Recovery.replay(List.of(commit)).orElseThrow();
    assertEquals(RootPhase.COMMITTING, root.phase());
  }

  @Test
  void anOperatorsAbortWaitsForWhoeverIsPreparedAndAway() {
    Run run =
        Run.subordinate(Run.below())
            .asked()
            .vote(Run.SUBORDINATE, Vote.RECOVERABLE)
            .forced()
            .on(now -> SubordinateTransaction.onSubordinateLost(now, Run.SUBORDINATE))
            .on(now -> SubordinateDoubt.onOperatorResolves(now, Outcome.ABORTED))
            .forced();
    assertEquals(SubordinatePhase.ABORTING, run.phase(), "unknown would mean abort there");
    run.ack(Run.SUBORDINATE);
    assertEquals(SubordinatePhase.RESOLVED, run.phase());
  }
}
