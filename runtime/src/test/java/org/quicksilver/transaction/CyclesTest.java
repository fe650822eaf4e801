package org.quicksilver.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.quicksilver.transaction.Run.SUPERIOR;
import static org.quicksilver.transaction.Run.cast;
import static org.quicksilver.transaction.Run.node;
import static org.quicksilver.transaction.Run.standard;
import static org.quicksilver.transaction.Run.twoPhase;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests that come back, to the coordinator or to one below it. */
final class CyclesTest {
  private static final NodeParticipant OTHER = node(7);
  private static final Message ACK = new Message.EndAck();

  private static Run endedBy(Run run, NodeParticipant superior) {
    return run.on(now -> EitherRole.onEnd(now, superior, Message.End.ABORT));
  }

  @Test
  void theCoordinatorAnswersEveryVoteRequestReadOnlyAtOnce() {
    Run run = Run.root(twoPhase(2));
    TransactionState before = run.state();
    run.on(now -> EitherRole.onVoteRequest(now, OTHER, new Message.VoteRequest(3, List.of())));
    assertEquals(List.of(cast(Vote.READ_ONLY, 3)), run.saidTo(OTHER));
    assertSame(before, run.state());
  }

  @Test
  void aRequestBackToTheCoordinatorIsTakenWhileItMayStillVote() {
    Run run = Run.root(twoPhase(2)).ownerCommits();
    assertEquals(List.of(), run.on(now -> EitherRole.onRequest(now, OTHER, 1)).actions());
    run.vote(Run.process(2), Vote.RECOVERABLE).on(now -> EitherRole.onRequest(now, OTHER, 1));
    assertInstanceOf(Message.Failed.class, run.saidTo(OTHER).get(0));
  }

  @Test
  void aSuperiorOfTheCoordinatorThatAbortedItsPartFailsTheWhole() {
    Run run = endedBy(Run.root(standard(2)), OTHER);
    assertEquals(RootPhase.ACTIVE, run.phase());
    assertEquals(List.of(OTHER + " aborted its part"), run.state().failures());
    assertEquals(List.of(ACK), run.saidTo(OTHER));
  }

  @Test
  void anotherSuperiorsAbortIsAcknowledgedAtOnceAndReportedToThePrimaryOne() {
    Run run = Run.subordinate(standard(2)).on(now -> EitherRole.onRequest(now, OTHER, 1));
    endedBy(run, OTHER);
    assertEquals(List.of(ACK), run.saidTo(OTHER), "it may be waiting in a cycle");
    assertInstanceOf(Message.Failed.class, run.saidTo(SUPERIOR).get(0));
    assertEquals(SubordinatePhase.ACTIVE, run.phase());
  }

  @Test
  void anEndThatOvertakesItsRequestEndsTheReadOnlyRecord() {
    Run run = endedBy(Run.subordinate().asked(), OTHER);
    assertEquals(SubordinatePhase.ENDED, run.phase());
    run.on(now -> EitherRole.onRequest(now, OTHER, 1));
    assertEquals(SubordinatePhase.ENDED, run.phase());
  }

  @Test
  void aRequestOvertakenByItsVoteIsRefusedAlsoAfterAnotherSuperiorHasTakenOver() {
    Run run = Run.subordinate().asked().on(now -> EitherRole.onRequest(now, OTHER, 1));
    run.on(now -> EitherRole.onVoteRequest(now, OTHER, new Message.VoteRequest(1, List.of())));
    assertEquals(SubordinatePhase.READ_ONLY, run.phase());
    run.on(now -> EitherRole.onRequest(now, SUPERIOR, 1));
    assertEquals(SubordinatePhase.READ_ONLY, run.phase());
  }
}
