package org.quicksilver.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quicksilver.log.NodeStore;
import org.quicksilver.transaction.DeathEffect;
import org.quicksilver.transaction.Participant;
import org.quicksilver.transaction.ParticipationClass;
import org.quicksilver.transaction.ProcessParticipant;
import org.quicksilver.transaction.RootTransaction;
import org.quicksilver.transaction.RootVoting;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.TransactionState;

/** What is stored, and how long tombstones stand. */
class TransactionTableTest {

  private static final TransactionId TID = new TransactionId(1, 1, 2);

  @TempDir Path directory;

  /** A clock that is set by hand. */
  private static final class HandClock extends Clock {
    Instant now = Instant.ofEpochSecond(1_000_000);

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private final HandClock clock = new HandClock();
  private final List<TransactionId> forgotten = new ArrayList<>();
  private final List<TransactionId> settled = new ArrayList<>();
  private NodeLog log;
  private NodeStore store;
  private Ledger ledger;
  private TransactionTable table;

  @BeforeEach
  void open() throws IOException {
    log = new NodeLog(directory.resolve("log"));
    store = NodeStore.open(directory.resolve("store"));
    ledger = new Ledger(store, log, new Counters());
    table = new TransactionTable(ledger, clock, new Watchers(List.of()), settled::add);
  }

  @AfterEach
  void close() throws IOException {
    store.close();
    log.close();
  }

  private TransactionTable successor() {
    TransactionTable successor =
        new TransactionTable(ledger, clock, new Watchers(List.of()), settled::add);
    successor.load();
    return successor;
  }

  private static TransactionState begun() {
    return RootTransaction.begin(TID, 1).state();
  }

  @Test
  void successorKnowsWhatIsUnderWay() {
    Participant participant =
        Participant.joining(
            new ProcessParticipant(2), ParticipationClass.ONE_PHASE_STANDARD, DeathEffect.FAIL);
    TransactionState state = RootTransaction.onJoin(begun(), participant).state();
    TransactionState ending = RootVoting.onOwnerAborts(state, "a test").state();
    table.put(state);
    assertEquals(state, successor().find(TID));
    table.put(ending);
    assertEquals(ending, successor().find(TID));
    assertEquals(List.of(ending), successor().active());
  }

  @Test
  void committedOneIsRememberedAMinuteButNotStored() {
    table.put(begun());
    table.put(RootVoting.onOwnerCommits(begun(), 0).state());
    assertEquals(List.of(TID), settled);
    assertNull(successor().find(TID));
    assertNotNull(table.find(TID));
    clock.now = clock.now.plus(Duration.ofSeconds(59));
    table.forgetOld(forgotten::add);
    assertNotNull(table.find(TID));
    clock.now = clock.now.plus(Duration.ofSeconds(2));
    table.forgetOld(forgotten::add);
    assertNull(table.find(TID));
    assertEquals(List.of(TID), forgotten);
  }

  @Test
  void abortedOneIsNotBegunAgainByASuccessor() {
    table.put(RootVoting.onOwnerAborts(begun(), "a test").state());
    clock.now = clock.now.plus(Duration.ofMinutes(30));
    table.forgetOld(forgotten::add);
    assertNotNull(successor().find(TID));
    clock.now = clock.now.plus(Duration.ofMinutes(31));
    table.forgetOld(forgotten::add);
    assertNull(table.find(TID));
    assertNull(successor().find(TID));
  }
}
