package org.quicksilver.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicksilver.transaction.Run.SUBORDINATE;
import static org.quicksilver.transaction.Run.SUPERIOR;
import static org.quicksilver.transaction.Run.below;
import static org.quicksilver.transaction.Run.cast;
import static org.quicksilver.transaction.Run.delayed;
import static org.quicksilver.transaction.Run.immediate;
import static org.quicksilver.transaction.Run.node;
import static org.quicksilver.transaction.Run.process;
import static org.quicksilver.transaction.Run.server;
import static org.quicksilver.transaction.Run.standard;
import static org.quicksilver.transaction.Run.twoPhase;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The subordinate table, row VOTING. */
final class SubordinateVotingTest {
  private static final Message ABORT = new Message.End(Outcome.ABORTED);

  @Test
  void theVoteRequestIsPassedDownWithThoseWhoMayKnowTheOutcome() {
    Run run = Run.subordinate(immediate(2), below()).asked();
    assertEquals(List.of(new Message.Ending()), run.saidTo(process(2)));
    assertEquals(
        List.of(new Message.VoteRequest(1, List.of(SUPERIOR, node(7)), SUPERIOR.node())),
        run.saidTo(SUBORDINATE));
  }

  @Test
  void anAbortVoteBelowEndsTheSubtreeAndIsPassedUp() {
    Run run = Run.subordinate(twoPhase(2), twoPhase(3)).asked().vote(process(2), Vote.ABORT);
    assertEquals(
        List.of(new Message.VoteCast(Vote.ABORT, 1, List.of("process 2 voted to abort"))),
        run.saidTo(SUPERIOR));
    assertEquals(List.of(ABORT), run.saidTo(process(3)));
    assertEquals(SubordinatePhase.ENDED, run.ack(process(3)).phase());
  }

  @Test
  void aFailedSubtreeVotesToAbort() {
    Run run =
        Run.subordinate(server(2), standard(3))
            .on(now -> SubordinateTransaction.onParticipantDied(now, process(2)))
            .asked();
    assertEquals(
        List.of(new Message.VoteCast(Vote.ABORT, 1, List.of("process 2 died"))),
        run.saidTo(SUPERIOR));
    assertEquals(List.of(ABORT), run.saidTo(process(3)));
  }

  @Test
  void aDeathBeforeTheVoteVotesToAbort() {
    Run run =
        Run.subordinate(twoPhase(2))
            .asked()
            .on(now -> SubordinateTransaction.onParticipantDied(now, process(2)));
    assertEquals(Vote.ABORT, ((Message.VoteCast) run.saidTo(SUPERIOR).get(0)).vote());
  }

  @Test
  void allReadOnlyVotesReadOnlyAndIsKeptAWhile() {
    Run run = Run.subordinate(twoPhase(2), immediate(3)).asked().vote(process(2), Vote.READ_ONLY);
    assertEquals(SubordinatePhase.READ_ONLY, run.phase());
    assertEquals(List.of(cast(Vote.READ_ONLY)), run.saidTo(SUPERIOR));
    assertTrue(run.actions().contains(new Action.SetTimer(Timer.RETENTION, 0)));
    run.on(now -> SubordinateDoubt.onTimer(now, Timer.RETENTION, 0));
    assertEquals(List.of(new Action.Forget(null)), run.actions());
  }

  @Test
  void onePhaseParticipantsMakeTheVoteVolatile() {
    assertEquals(SubordinatePhase.VOLATILE, Run.subordinate(standard(2)).asked().phase());
    Run run = Run.subordinate(delayed(2)).asked();
    assertEquals(List.of(cast(Vote.VOLATILE)), run.saidTo(SUPERIOR));
    assertEquals(List.of(), run.forces());
  }

  @Test
  void aRecoverableVoteIsForcedBeforeItIsCast() {
    Run run =
        Run.subordinate(twoPhase(2), twoPhase(3))
            .asked()
            .vote(process(3), Vote.VOLATILE)
            .vote(process(2), Vote.RECOVERABLE);
    assertEquals(SubordinatePhase.FORCING_PREPARED, run.phase());
    assertEquals(List.of(), run.saidTo(SUPERIOR));
    LogRecord.Prepared log = (LogRecord.Prepared) run.forces().get(0);
    assertEquals(SUPERIOR, log.primary());
    assertEquals(List.of(node(7)), log.witnesses());
    assertEquals(2, log.participants().size());
    assertEquals(List.of(cast(Vote.RECOVERABLE)), run.forced().saidTo(SUPERIOR));
    assertEquals(SubordinatePhase.PREPARED, run.phase());
  }

  @Test
  void untilTheVoteHasLeftALostSuperiorStillAborts() {
    Run run = Run.subordinate(twoPhase(2)).asked().vote(process(2), Vote.RECOVERABLE);
    LogRecord prepared = run.forces().get(0);
    run.on(now -> SubordinateDoubt.onSuperiorLost(now, SUPERIOR));
    assertEquals(List.of(ABORT), run.saidTo(process(2)));
    run.on(now -> SubordinateEnding.onForced(now, prepared));
    assertEquals(SubordinatePhase.ABORTING, run.phase());
  }

  @Test
  void askedAgainItRepeatsItsVote() {
    Run run = Run.subordinate(standard(2)).asked().asked();
    assertEquals(List.of(cast(Vote.VOLATILE)), run.saidTo(SUPERIOR));
    run = Run.subordinate(twoPhase(2)).asked().asked();
    assertEquals(List.of(), run.actions());
  }

  @Test
  void whoIsUnknownVotesToAbortAndRefusesTheRequestThatWasOvertaken() {
    Run run =
        Run.of(
            UnknownTransaction.onVoteRequest(
                Run.TID, SUPERIOR, new Message.VoteRequest(1, List.of())));
    assertEquals(Vote.ABORT, ((Message.VoteCast) run.saidTo(SUPERIOR).get(0)).vote());
    run.on(now -> SubordinateTransaction.onRequest(now, SUPERIOR, 1));
    assertEquals(SubordinatePhase.ENDED, run.phase());
  }
}
