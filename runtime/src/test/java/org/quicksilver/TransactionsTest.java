package org.quicksilver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicksilver.transaction.DeathEffect.FAIL;
import static org.quicksilver.transaction.ParticipationClass.NO_STATE;
import static org.quicksilver.transaction.ParticipationClass.ONE_PHASE_DELAYED;
import static org.quicksilver.transaction.ParticipationClass.ONE_PHASE_IMMEDIATE;
import static org.quicksilver.transaction.ParticipationClass.ONE_PHASE_STANDARD;
import static org.quicksilver.transaction.ParticipationClass.TWO_PHASE;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.quicksilver.config.Settings;
import org.quicksilver.node.Node;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.Vote;

/** Programs that know of transactions, with a node in the same process. */
@Timeout(30)
class TransactionsTest {

  @TempDir Path directory;

  private Path home;
  private Node node;
  private Quicksilver quicksilver;
  private final Notes notes = new Notes();

  @BeforeEach
  void connect() throws IOException {
    home = directory.resolve("home");
    node = Node.start(settings());
    quicksilver = Quicksilver.open(home);
  }

  private Settings settings() {
    return Settings.read("home=" + home + ",node=auto", new Properties(), Map.of());
  }

  @AfterEach
  void close() throws IOException {
    quicksilver.close();
    node.close();
  }

  private void assertNotes(String... expected) {
    Awaitility.await().until(() -> notes.all().size() >= expected.length);
    assertEquals(List.of(expected), notes.all());
  }

  @Test
  void everyClassIsToldWhatItsNameSays() throws Exception {
    Transaction transaction = quicksilver.begin();
    transaction.enlist(notes.participant("delayed"), ONE_PHASE_DELAYED, FAIL);
    transaction.enlist(notes.participant("stateless"), NO_STATE, FAIL);
    transaction.enlist(notes.participant("immediate"), ONE_PHASE_IMMEDIATE, FAIL);
    transaction.commit();
    assertNotes("immediate ends", "delayed commits");
  }

  @Test
  void recoverableParticipantsVoteAndAreThenToldTheOutcome() throws Exception {
    Transaction transaction = quicksilver.begin();
    transaction.enlist(notes.participant("a", Vote.RECOVERABLE), TWO_PHASE, FAIL);
    transaction.enlist(notes.participant("b", Vote.READ_ONLY), TWO_PHASE, FAIL);
    transaction.enlist(notes.participant("c"), ONE_PHASE_DELAYED, FAIL);
    transaction.commit();
    Awaitility.await().until(() -> notes.all().size() == 4);
    List<String> all = notes.all();
    assertEquals(List.of("a votes", "b votes"), all.stream().limit(2).sorted().toList());
    assertEquals(List.of("a commits", "c commits"), all.subList(2, 4));
  }

  @Test
  void oneVoteToAbortAbortsForAll() throws Exception {
    Transaction transaction = quicksilver.begin();
    transaction.enlist(notes.participant("a", Vote.VOLATILE), TWO_PHASE, FAIL);
    transaction.enlist(
        new Participant() {
          @Override
          public Vote vote(TransactionId id) {
            throw new IllegalStateException("no room left");
          }
        },
        TWO_PHASE,
        FAIL);
    TransactionAbortedException aborted =
        assertThrows(TransactionAbortedException.class, transaction::commit);
    assertTrue(aborted.getMessage().contains("no room left"), aborted::getMessage);
    assertEquals(transaction.id(), aborted.transaction());
    Awaitility.await().until(() -> notes.all().contains("a aborts"));
  }

  @Test
  void ownerThatAbortsHasAllUndone() throws Exception {
    Transaction transaction = quicksilver.begin();
    transaction.enlist(notes.participant("a", Vote.RECOVERABLE), TWO_PHASE, FAIL);
    transaction.enlist(notes.participant("b"), ONE_PHASE_STANDARD, FAIL);
    transaction.abort("changed its mind");
    Awaitility.await().until(() -> notes.all().size() == 2);
    assertEquals(List.of("a aborts", "b aborts"), notes.all().stream().sorted().toList());
    TransactionAbortedException aborted =
        assertThrows(TransactionAbortedException.class, transaction::commit);
    assertTrue(aborted.getMessage().contains("changed its mind"), aborted::getMessage);
  }

  @Test
  void participantThatComesTooLateIsRefused() throws Exception {
    Transaction transaction = quicksilver.begin();
    transaction.commit();
    assertThrows(
        TransactionAbortedException.class,
        () -> transaction.enlist(notes.participant("late", Vote.VOLATILE), TWO_PHASE, FAIL));
  }

  @Test
  void outcomeIsToldAgainUntilTheParticipantHasTakenIt() throws Exception {
    Transaction transaction = quicksilver.begin();
    transaction.enlist(
        new Participant() {
          private int tries;

          @Override
          public void committed(TransactionId id) {
            notes.note("try");
            if (++tries < 3) {
              throw new IllegalStateException("not yet");
            }
          }
        },
        ONE_PHASE_STANDARD,
        FAIL);
    transaction.commit();
    assertNotes("try", "try", "try");
  }

  @Test
  void scopesNest() {
    Transaction outer = quicksilver.begin();
    Transaction inner = quicksilver.begin();
    assertEquals(Optional.empty(), quicksilver.current());
    try (Scope first = outer.enter()) {
      try (Scope second = inner.enter()) {
        assertEquals(Optional.of(inner), quicksilver.current());
      }
      assertEquals(Optional.of(outer), quicksilver.current());
    }
    assertFalse(quicksilver.current().isPresent());
  }

  @Test
  void transactionOfAnotherMayBeJoinedButNotCommitted() throws Exception {
    try (Quicksilver other = Quicksilver.open(home)) {
      Transaction owned = quicksilver.begin();
      owned.enlist(notes.participant("own", Vote.VOLATILE), TWO_PHASE, FAIL);
      Transaction joined = other.transaction(owned.id());
      joined.enlist(notes.participant("other", Vote.VOLATILE), TWO_PHASE, FAIL);
      assertThrows(IllegalStateException.class, joined::commit);
      joined.abort("cannot go on");
      TransactionAbortedException aborted =
          assertThrows(TransactionAbortedException.class, owned::commit);
      assertTrue(aborted.getMessage().contains("cannot go on"), aborted::getMessage);
      Awaitility.await().until(() -> notes.all().size() == 2);
    }
  }

  @Test
  void closingAbortsWhatIsNotCommitted() throws Exception {
    try (Quicksilver other = Quicksilver.open(home)) {
      Transaction transaction = other.begin();
      transaction.enlist(notes.participant("other", Vote.VOLATILE), TWO_PHASE, FAIL);
      quicksilver
          .transaction(transaction.id())
          .enlist(notes.participant("ours"), ONE_PHASE_STANDARD, FAIL);
    }
    Awaitility.await().until(() -> notes.all().contains("ours aborts"));
  }

  @Test
  void closingWaitsUntilItsParticipantsHaveBeenTold() throws Exception {
    try (Quicksilver other = Quicksilver.open(home)) {
      Transaction transaction = other.begin();
      transaction.enlist(
          new Participant() {
            @Override
            public void committed(TransactionId id) throws InterruptedException {
              Thread.sleep(300);
              notes.note("slowly");
            }
          },
          ONE_PHASE_STANDARD,
          FAIL);
      transaction.commit();
    }
    assertEquals(List.of("slowly"), notes.all());
  }

  @Test
  void commandsShowWhoTakesPart() throws Exception {
    Transaction transaction = quicksilver.begin();
    transaction.enlist(notes.participant("a", Vote.VOLATILE), TWO_PHASE, FAIL);
    String id = transaction.id().toString();
    String list = command("tx", "list", "--programs");
    assertTrue(list.contains(id) && list.contains("program"), list);
    String shown = command("tx", "show", id);
    assertTrue(shown.contains("two-phase") && shown.contains("handles"), shown);
    command("tx", "abort", id);
    assertTrue(command("tx", "show", id, "--json").contains("ABORTED"));
    assertThrows(TransactionAbortedException.class, transaction::commit);
  }

  private String command(String... words) {
    return Commands.run(home, words);
  }

  @Test
  void withoutANodeOpeningSaysWhatToDo() throws Exception {
    IOException refused =
        assertThrows(IOException.class, () -> Quicksilver.open(directory.resolve("elsewhere")));
    assertTrue(refused.getMessage().contains("quicksilver.jar node"), refused::getMessage);
  }

  @Test
  void nextNodeGoesOnWhereTheLastOneStopped() throws Exception {
    Transaction transaction = quicksilver.begin();
    transaction.enlist(notes.participant("a", Vote.RECOVERABLE), TWO_PHASE, FAIL);
    node.close();
    node = Node.start(settings());
    transaction.commit();
    assertNotes("a votes", "a commits");
  }
}
