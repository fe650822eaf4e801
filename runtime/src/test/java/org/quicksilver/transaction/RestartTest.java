package org.quicksilver.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicksilver.transaction.Run.SUPERIOR;
import static org.quicksilver.transaction.Run.TID;
import static org.quicksilver.transaction.Run.process;
import static org.quicksilver.transaction.Run.standard;
import static org.quicksilver.transaction.Run.twoPhase;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What a node does that has died between storing a state and performing its actions. Each was found
 * missing by {@link RandomScheduleTest}.
 */
final class RestartTest {
  private static final LogRecord END = new LogRecord.End(TID);

  private static Run prepared() {
    return Run.subordinate(twoPhase(2)).asked().vote(process(2), Vote.RECOVERABLE).forced();
  }

  @Test
  void endIsWrittenAgainWhereItMayNotHaveBeenWritten() {
    Run root = Run.root(standard(2)).ownerCommits().ack(process(2));
    assertEquals(List.of(END), root.on(EitherRole::onRestarted).appends());
    Run below = prepared().end(Outcome.ABORTED).ack(process(2));
    assertEquals(SubordinatePhase.ENDED, below.phase());
    assertEquals(List.of(END), below.on(EitherRole::onRestarted).appends());
  }

  @Test
  void damageIsReportedAgain() {
    Run run =
        prepared()
            .on(now -> SubordinateDoubt.onOperatorResolves(now, Outcome.ABORTED))
            .forced()
            .end(Outcome.COMMITTED)
            .on(EitherRole::onRestarted);
    assertTrue(
        run.actions()
            .contains(
                new Action.ReportDamage(Authority.OVERRULED, Outcome.ABORTED, Outcome.COMMITTED)));
  }

  @Test
  void aCommitForcedTwiceIsOneCommit() {
    Run run = Run.root(twoPhase(2)).ownerCommits().vote(process(2), Vote.RECOVERABLE);
    LogRecord commit = run.forces().get(0);
    assertEquals(List.of(commit), run.on(EitherRole::onRestarted).forces());
    TransactionState state = Recovery.replay(List.of(commit, commit)).orElseThrow();
    assertEquals(RootPhase.COMMITTING, state.phase());
  }

  @Test
  void aVolatileVoterGoesOnAskingASuperiorThatIsBackAndSilent() {
    Run run =
        Run.subordinate(standard(2))
            .asked()
            .on(now -> EitherRole.onSuperiorLost(now, SUPERIOR))
            .on(now -> EitherRole.onSuperiorReconnected(now, SUPERIOR))
            .on(now -> EitherRole.onTimer(now, Timer.INQUIRY, 0));
    assertEquals(List.of(new Message.Inquire(SUPERIOR.node())), run.saidTo(SUPERIOR));
    assertTrue(run.actions().contains(new Action.SetTimer(Timer.INQUIRY, 1)));
  }

  @Test
  void aCoordinatorThatLostAllAndWasReachedAgainByItsOwnTreeAnswersAbort() {
    Run run = Run.subordinate(standard(2));
    Message inquiry = new Message.Inquire(new NodeId(1));
    run.on(now -> Inbox.onMessage(now, new NodeId(1), SUPERIOR, inquiry));
    assertEquals(List.of(new Message.OutcomeIs(Outcome.ABORTED)), run.saidTo(SUPERIOR));
    run.on(now -> Inbox.onMessage(now, new NodeId(2), SUPERIOR, inquiry));
    assertEquals(List.of(), run.actions(), "it never was the coordinator");
  }

  @Test
  void anOperatorsWordFromAboveIsObeyedAndNotPassedOnAsTheTruth() {
    Run run =
        prepared()
            .on(
                now ->
                    SubordinateEnding.onEnd(
                        now, SUPERIOR, new Message.End(Outcome.ABORTED, List.of(), true)));
    assertEquals(Outcome.ABORTED, run.state().outcome());
    assertEquals(
        List.of(), run.on(now -> EitherRole.onInquire(now, Run.node(7))).saidTo(Run.node(7)));
  }

  @Test
  void whileRecoveringNothingIsSaidAboutTheUnknown() {
    Message.VoteRequest request = new Message.VoteRequest(1, List.of());
    for (Message message : List.of(request, Message.End.ABORT)) {
      assertTrue(unknown(message, Readiness.RECOVERING).isEmpty());
      assertTrue(unknown(message, Readiness.RECOVERED).isPresent());
    }
  }

  private static Optional<Step> unknown(Message message, Readiness readiness) {
    return UnknownTransaction.onMessage(TID, SUPERIOR, message, readiness);
  }
}
