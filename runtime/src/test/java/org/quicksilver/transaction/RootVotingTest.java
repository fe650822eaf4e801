package org.quicksilver.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicksilver.transaction.Run.OWNER;
import static org.quicksilver.transaction.Run.SUBORDINATE;
import static org.quicksilver.transaction.Run.TID;
import static org.quicksilver.transaction.Run.below;
import static org.quicksilver.transaction.Run.cast;
import static org.quicksilver.transaction.Run.delayed;
import static org.quicksilver.transaction.Run.immediate;
import static org.quicksilver.transaction.Run.process;
import static org.quicksilver.transaction.Run.server;
import static org.quicksilver.transaction.Run.standard;
import static org.quicksilver.transaction.Run.twoPhase;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The root table, row VOTING. */
final class RootVotingTest {
  private static final Message ABORT = new Message.End(Outcome.ABORTED);
  private static final Message COMMIT = new Message.End(Outcome.COMMITTED);
  private static final Action COMMITTED = new Action.TellOwner(OWNER, Outcome.COMMITTED, List.of());

  @Test
  void committingEndsTheImmediateOnesAndAsksTheTwoPhaseOnes() {
    Run run = Run.root(immediate(2), standard(3), twoPhase(4)).ownerCommits();
    assertEquals(RootPhase.VOTING, run.phase());
    assertEquals(List.of(new Message.Ending()), run.saidTo(process(2)));
    assertEquals(List.of(), run.saidTo(process(3)));
    assertEquals(List.of(new Message.VoteRequest(1, List.of())), run.saidTo(process(4)));
    assertTrue(run.actions().contains(new Action.SetTimer(Timer.VOTE, 0)));
  }

  @Test
  void withoutVotersItCommitsAtOnceAndWithoutLog() {
    Run run = Run.root(standard(2)).ownerCommits();
    assertEquals(RootPhase.COMMITTING, run.phase());
    assertTrue(run.actions().contains(COMMITTED));
    assertEquals(List.of(COMMIT), run.saidTo(process(2)));
    assertEquals(List.of(), run.appends());
  }

  @Test
  void theOwnersDeathWhileVotingChangesNothing() {
    Run run = Run.root(twoPhase(2)).ownerCommits();
    TransactionState before = run.state();
    assertSame(before, run.on(now -> RootVoting.onOwnerDied(now, OWNER)).state());
  }

  @Test
  void abortVoteAbortsTheWholeTree() {
    Run run =
        Run.root(twoPhase(2), twoPhase(3), twoPhase(4), below(), standard(5))
            .ownerCommits()
            .vote(process(3), Vote.READ_ONLY)
            .vote(process(4), Vote.RECOVERABLE)
            .vote(process(2), Vote.ABORT);
    assertEquals(RootPhase.ABORTING, run.phase());
    assertEquals(List.of(), run.saidTo(process(2)), "it has aborted itself");
    assertEquals(List.of(), run.saidTo(process(3)), "nothing to undo");
    assertEquals(List.of(ABORT), run.saidTo(process(4)));
    assertEquals(List.of(ABORT), run.saidTo(SUBORDINATE));
    assertEquals(List.of(ABORT), run.saidTo(process(5)));
  }

  @Test
  void deathBeforeTheVoteAborts() {
    Run run =
        Run.root(twoPhase(2), twoPhase(3))
            .ownerCommits()
            .on(now -> RootTransaction.onParticipantDied(now, process(2)));
    assertEquals(List.of(ABORT), run.saidTo(process(3)));
    assertEquals(RootPhase.ENDED, run.ack(process(3)).phase());
  }

  @Test
  void theDeathOfAServerWhileVotingAborts() {
    Run run =
        Run.root(server(2), twoPhase(3))
            .ownerCommits()
            .on(now -> RootTransaction.onParticipantDied(now, process(2)));
    assertEquals(RootPhase.ABORTING, run.phase());
  }

  @Test
  void deathAfterAVolatileVoteAborts() {
    Run run =
        Run.root(twoPhase(2), twoPhase(3))
            .ownerCommits()
            .vote(process(2), Vote.VOLATILE)
            .on(now -> RootTransaction.onParticipantDied(now, process(2)));
    assertEquals(RootPhase.ABORTING, run.phase());
  }

  @Test
  void silenceAborts() {
    Run run =
        Run.root(twoPhase(2)).ownerCommits().on(now -> RootVoting.onTimer(now, Timer.VOTE, 0));
    assertEquals(RootPhase.ABORTING, run.phase());
    assertEquals(List.of("process 2 did not vote in time"), run.state().failures());
  }

  @Test
  void aRecoverableVoteStandsWhenItsSubordinateIsLost() {
    Run run =
        Run.root(below(), twoPhase(2))
            .ownerCommits()
            .vote(SUBORDINATE, Vote.RECOVERABLE)
            .on(now -> RootTransaction.onSubordinateLost(now, SUBORDINATE));
    assertEquals(RootPhase.VOTING, run.phase());
    assertEquals(RootPhase.FORCING_COMMIT, run.vote(process(2), Vote.READ_ONLY).phase());
  }

  @Test
  void whenAllAreReadOnlyNothingIsLoggedAndTheOnePhaseOnesAreTold() {
    Run run =
        Run.root(twoPhase(2), standard(3), delayed(4))
            .ownerCommits()
            .vote(process(2), Vote.READ_ONLY);
    assertEquals(RootPhase.COMMITTING, run.phase());
    assertEquals(List.of(), run.saidTo(process(2)), "left out of phase two");
    assertEquals(List.of(COMMIT), run.saidTo(process(3)));
    assertEquals(List.of(), run.saidTo(process(4)));
    assertEquals(List.of(COMMIT), run.ack(process(3)).saidTo(process(4)));
    assertEquals(List.of(), run.appends());
    assertEquals(List.of(new Action.Forget(Outcome.COMMITTED)), run.ack(process(4)).actions());
  }

  @Test
  void aVolatileCommitIsAppendedBeforeAnyoneIsTold() {
    Run run = Run.root(twoPhase(2)).ownerCommits().vote(process(2), Vote.VOLATILE);
    assertTrue(run.actions().get(0) instanceof Action.Append);
    assertEquals(List.of(), run.forces());
    assertEquals(List.of(COMMIT), run.saidTo(process(2)));
  }

  @Test
  void aRecoverableCommitIsForcedBeforeAnyoneIsTold() {
    Run run = Run.root(twoPhase(2)).ownerCommits().vote(process(2), Vote.RECOVERABLE);
    assertEquals(RootPhase.FORCING_COMMIT, run.phase());
    assertEquals(List.of(new LogRecord.Commit(TID, List.of(run.find(process(2))))), run.forces());
    assertEquals(1, run.actions().size());
    assertEquals(COMMITTED, run.forced().actions().get(0));
    assertEquals(List.of(COMMIT), run.saidTo(process(2)));
  }

  @Test
  void nothingStopsACommitThatIsBeingForced() {
    Run run = Run.root(twoPhase(2), server(3)).ownerCommits().vote(process(2), Vote.RECOVERABLE);
    run.on(now -> RootVoting.onOwnerAborts(now, "too late"))
        .on(now -> RootTransaction.onParticipantDied(now, process(3)))
        .on(now -> RootTransaction.onParticipantAborts(now, process(2), "too late"))
        .on(now -> RootVoting.onTimer(now, Timer.VOTE, 0));
    assertEquals(RootPhase.FORCING_COMMIT, run.phase());
    assertFalse(run.state().isFailed());
  }

  @Test
  void theDecisionWaitsForOneThatJoinsWhileVoting() {
    Run run =
        Run.root(twoPhase(2)).ownerCommits().on(now -> RootTransaction.onJoin(now, twoPhase(3)));
    assertEquals(1, run.saidTo(process(3)).size());
    assertEquals(RootPhase.VOTING, run.vote(process(2), Vote.READ_ONLY).phase());
    assertEquals(RootPhase.ENDED, run.vote(process(3), Vote.READ_ONLY).phase());
  }

  @Test
  void aReadOnlyVoterIsEnlistedAgainAndItsOldVoteIsStale() {
    Run run =
        Run.root(below(), twoPhase(2))
            .ownerCommits()
            .vote(SUBORDINATE, Vote.READ_ONLY)
            .on(now -> RootTransaction.onJoin(now, below()));
    assertEquals(2, ((Message.VoteRequest) run.saidTo(SUBORDINATE).get(0)).round());
    run.vote(process(2), Vote.READ_ONLY).vote(SUBORDINATE, Vote.READ_ONLY);
    assertEquals(RootPhase.VOTING, run.phase());
    run.on(now -> RootVoting.onVote(now, SUBORDINATE, cast(Vote.READ_ONLY, 2)));
    assertEquals(RootPhase.ENDED, run.phase());
  }

  @Test
  void aSecondVoteOfTheSameVoterChangesNothing() {
    Run run = Run.root(twoPhase(2), twoPhase(3)).ownerCommits().vote(process(2), Vote.RECOVERABLE);
    TransactionState before = run.state();
    assertSame(before, run.vote(process(2), Vote.ABORT).state());
  }

  @Test
  void theOwnerThatAsksAgainIsToldAgain() {
    Run run = Run.root(standard(2)).ownerCommits().ownerCommits();
    assertEquals(List.of(COMMITTED), run.actions());
    assertEquals(List.of(COMMITTED), run.ack(process(2)).ownerCommits().actions());
    assertEquals(
        List.of(COMMITTED), run.on(now -> RootVoting.onOwnerAborts(now, "late")).actions());
  }
}
