package org.quicksilver.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.quicksilver.log.LogFailedException;
import org.quicksilver.log.LogLimits;
import org.quicksilver.log.LogManager;
import org.quicksilver.log.SimulatedDisk;
import org.quicksilver.transaction.NodeId;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.ParticipationClass;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.Vote;

@Timeout(30)
final class LocalManagerTest {

  private static final Logger LOG = Logger.getLogger("org.quicksilver.local");
  private static final NodeId NODE = new NodeId(7);
  private static final LogLimits LIMITS = new LogLimits(1 << 16, 1 << 22, 1 << 14);

  /** Votes as it was made to, and notes what it is told. */
  private static final class Note implements LocalParticipant {
    final List<Object> told = new ArrayList<>();
    final Vote vote;
    boolean isBroken;

    Note(Vote vote) {
      this.vote = vote;
    }

    @Override
    public Vote vote(TransactionId tid) {
      told.add("vote");
      return vote;
    }

    @Override
    public void ended(TransactionId tid, Outcome outcome) {
      if (isBroken) {
        throw new IllegalStateException("broken");
      }
      told.add(outcome);
    }

    @Override
    public void ending(TransactionId tid) {
      told.add("ending");
    }
  }

  private final SimulatedDisk disk = new SimulatedDisk();

  private static LocalManager withoutLog() {
    return new LocalManager(NODE, 1);
  }

  private static void join(LocalTransaction transaction, int number, Note participant) {
    transaction.join(number, ParticipationClass.TWO_PHASE, participant);
  }

  @Test
  void volatileParticipantsCommitTogether() {
    LocalManager manager = withoutLog();
    LocalTransaction transaction = manager.begin();
    Note one = new Note(Vote.VOLATILE);
    Note other = new Note(Vote.READ_ONLY);
    join(transaction, 1, one);
    join(transaction, 2, other);
    assertEquals(Optional.empty(), manager.outcome(transaction.tid()));
    assertEquals(Outcome.COMMITTED, transaction.commit());
    assertEquals(List.of("vote", Outcome.COMMITTED), one.told);
    assertEquals(List.of("vote"), other.told);
    assertTrue(manager.open().isEmpty());
    assertEquals(Outcome.COMMITTED, transaction.commit(), "asked again");
  }

  @Test
  void manyAreEachAskedAndToldOnceHoweverOftenTheyJoin() {
    LocalTransaction transaction = withoutLog().begin();
    List<Note> all = new ArrayList<>();
    for (int number = 1; number <= 40; number++) {
      all.add(new Note(Vote.VOLATILE));
      join(transaction, number, all.get(number - 1));
    }
    for (int number = 1; number <= 40; number++) {
      join(transaction, number, new Note(Vote.ABORT));
    }
    assertEquals(Outcome.COMMITTED, transaction.commit());
    all.forEach(note -> assertEquals(List.of("vote", Outcome.COMMITTED), note.told));
  }

  @Test
  void oneThatVotesToAbortAbortsAll() {
    LocalTransaction transaction = withoutLog().begin();
    Note one = new Note(Vote.VOLATILE);
    join(transaction, 1, one);
    join(transaction, 2, new Note(Vote.ABORT));
    assertEquals(Outcome.ABORTED, transaction.commit());
    assertEquals(List.of("vote", Outcome.ABORTED), one.told);
    assertTrue(transaction.failures().get(0).contains("voted to abort"));
  }

  @Test
  void oneThatThrowsWhenAskedAborts() {
    LocalTransaction transaction = withoutLog().begin();
    transaction.join(
        1,
        ParticipationClass.TWO_PHASE,
        new LocalParticipant() {
          @Override
          public Vote vote(TransactionId tid) {
            throw new IllegalStateException("no disk");
          }

          @Override
          public void ended(TransactionId tid, Outcome outcome) {}
        });
    assertEquals(Outcome.ABORTED, transaction.commit());
    assertTrue(transaction.failures().toString().contains("no disk"));
  }

  @Test
  void eachIsToldAsItsClassSays() {
    LocalTransaction transaction = withoutLog().begin();
    List<Note> all = new ArrayList<>();
    for (ParticipationClass each : ParticipationClass.values()) {
      Note note = new Note(Vote.VOLATILE);
      all.add(note);
      transaction.join(all.size(), each, note);
    }
    assertEquals(Outcome.COMMITTED, transaction.commit());
    assertEquals(List.of(), all.get(ParticipationClass.NO_STATE.ordinal()).told);
    assertEquals(List.of("ending"), all.get(ParticipationClass.ONE_PHASE_IMMEDIATE.ordinal()).told);
    assertEquals(
        List.of(Outcome.COMMITTED), all.get(ParticipationClass.ONE_PHASE_DELAYED.ordinal()).told);
  }

  @Test
  void aFailedOneCanOnlyAbort() {
    LocalTransaction transaction = withoutLog().begin();
    join(transaction, 1, new Note(Vote.VOLATILE));
    transaction.fail(1, "out of paper");
    assertNull(transaction.outcome());
    assertEquals(Outcome.ABORTED, transaction.commit());
    assertTrue(transaction.failures().toString().contains("out of paper"));
  }

  @Test
  void aCommittedOneTakesNobodyIn() {
    LocalTransaction transaction = withoutLog().begin();
    transaction.commit();
    assertThrows(
        IllegalStateException.class, () -> join(transaction, 1, new Note(Vote.RECOVERABLE)));
  }

  @Test
  void whoComesAfterAnAbortIsToldSo() {
    LocalTransaction transaction = withoutLog().begin();
    assertEquals(Outcome.ABORTED, transaction.abort("enough"));
    Note late = new Note(Vote.RECOVERABLE);
    join(transaction, 1, late);
    assertEquals(List.of(Outcome.ABORTED), late.told);
  }

  /** It is known to throw. */
  @BeforeAll
  static void quiet() {
    LOG.setLevel(Level.OFF);
  }

  @AfterAll
  static void loud() {
    LOG.setLevel(null);
  }

  @Test
  void oneMayJoinWhileItVotes() {
    LocalTransaction transaction = withoutLog().begin();
    Note late = new Note(Vote.VOLATILE);
    transaction.join(
        1,
        ParticipationClass.TWO_PHASE,
        new LocalParticipant() {
          @Override
          public Vote vote(TransactionId tid) {
            join(transaction, 2, late);
            return Vote.VOLATILE;
          }

          @Override
          public void ended(TransactionId tid, Outcome outcome) {}
        });
    assertEquals(Outcome.COMMITTED, transaction.commit());
    assertEquals(List.of("vote", Outcome.COMMITTED), late.told);
  }

  @Test
  void withoutALogNothingRecoverableIsCommitted() {
    LocalTransaction transaction = withoutLog().begin();
    join(transaction, 1, new Note(Vote.RECOVERABLE));
    assertThrows(IllegalStateException.class, transaction::commit);
    assertNull(transaction.outcome());
  }

  private LocalManager recover(int incarnation) throws IOException {
    LogManager log = LogManager.open(disk.afterPowerFailure(versions -> 0), LIMITS);
    return LocalManager.on(log, NODE, incarnation);
  }

  @Test
  void committedSurvivesThePowerUntilAllHaveTakenNotice() throws IOException {
    LocalManager manager = LocalManager.on(LogManager.open(disk, LIMITS), NODE, 1);
    LocalTransaction transaction = manager.begin();
    Note broken = new Note(Vote.RECOVERABLE);
    broken.isBroken = true;
    join(transaction, 1, broken);
    join(transaction, 2, new Note(Vote.RECOVERABLE));
    assertEquals(Outcome.COMMITTED, transaction.commit());

    LocalManager next = recover(2);
    assertEquals(Optional.of(Outcome.COMMITTED), next.outcome(transaction.tid()));
    Note back = new Note(Vote.RECOVERABLE);
    next.returned(1, back);
    assertEquals(List.of(Outcome.COMMITTED), back.told);
    assertEquals(1, next.open().size(), "the other one is not back");
    next.returned(2, new Note(Vote.RECOVERABLE));
    assertTrue(next.open().isEmpty());
  }

  @Test
  void whatIsNotInTheLogIsAborted() throws IOException {
    LocalManager manager = LocalManager.on(LogManager.open(disk, LIMITS), NODE, 1);
    LocalTransaction transaction = manager.begin();
    Note note = new Note(Vote.RECOVERABLE);
    join(transaction, 1, note);
    assertEquals(
        Optional.of(Outcome.ABORTED), recover(2).outcome(transaction.tid()), "no vote, no commit");
  }

  @Test
  void whoeverThrewIsToldAgain() throws IOException {
    LocalManager manager = LocalManager.on(LogManager.open(disk, LIMITS), NODE, 1);
    LocalTransaction transaction = manager.begin();
    Note broken = new Note(Vote.RECOVERABLE);
    broken.isBroken = true;
    join(transaction, 1, broken);
    transaction.commit();
    assertEquals(1, manager.open().size());
    broken.isBroken = false;
    manager.tellAgain();
    assertEquals(List.of("vote", Outcome.COMMITTED), broken.told);
    assertTrue(manager.open().isEmpty());
  }

  @Test
  void aFailedLogLeavesItUndecided() throws IOException {
    LocalManager manager = LocalManager.on(LogManager.open(disk, LIMITS), NODE, 1);
    LocalTransaction transaction = manager.begin();
    Note note = new Note(Vote.RECOVERABLE);
    join(transaction, 1, note);
    disk.failForceAfter(0);
    assertThrows(LogFailedException.class, transaction::commit);
    assertNull(transaction.outcome());
    assertEquals(List.of("vote"), note.told, "nobody hears of what is not known");
  }

  @Test
  void manyThreadsShareForcesAndTheLogShrinks() throws Exception {
    try (LogManager log = LogManager.open(disk, LIMITS)) {
      LocalManager manager = LocalManager.on(log, NODE, 1);
      ExecutorService threads = Executors.newFixedThreadPool(4);
      List<Future<Integer>> done = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        done.add(threads.submit(() -> commitMany(manager)));
      }
      for (Future<Integer> each : done) {
        assertEquals(10_000, each.get());
      }
      threads.shutdown();
      assertTrue(threads.awaitTermination(10, TimeUnit.SECONDS));
      assertTrue(manager.open().isEmpty());
    }
    assertTrue(disk.list().size() < 10, () -> "segments left: " + disk.list());
  }

  private static int commitMany(LocalManager manager) {
    int committed = 0;
    for (int i = 0; i < 10_000; i++) {
      LocalTransaction transaction = manager.begin();
      join(transaction, 1, new Note(Vote.RECOVERABLE));
      join(transaction, 2, new Note(Vote.RECOVERABLE));
      committed += transaction.commit() == Outcome.COMMITTED ? 1 : 0;
    }
    return committed;
  }
}
