package org.quicksilver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicksilver.transaction.DeathEffect.FAIL;
import static org.quicksilver.transaction.ParticipationClass.ONE_PHASE_STANDARD;
import static org.quicksilver.transaction.ParticipationClass.TWO_PHASE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.quicksilver.config.Home;
import org.quicksilver.config.Settings;
import org.quicksilver.node.Node;
import org.quicksilver.transaction.Vote;

/** Transactions over three nodes in one process, each with a home and a program of its own. */
@Timeout(60)
class SeveralNodesTest {

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path directory;

  private final Map<String, Node> nodes = new HashMap<>();
  private final Map<String, Quicksilver> programs = new HashMap<>();
  private final List<Quicksilver> others = new ArrayList<>();
  private final Notes notes = new Notes();

  @BeforeEach
  void start() throws IOException {
    startNode("a", "");
    startNode("b", ",peers=" + home("a"));
    startNode("c", ",peers=" + home("a") + ";" + home("b"));
    for (String name : List.of("a", "b", "c")) {
      programs.put(name, Quicksilver.open(home(name)));
    }
  }

  private void startNode(String name, String options) throws IOException {
    String all = "home=" + home(name) + ",link-death=1s" + options;
    Settings settings = Settings.read(all, new Properties(), Map.of());
    assertEquals(List.of(), settings.complaints());
    nodes.put(name, Node.start(settings));
  }

  private Path home(String name) {
    return directory.resolve(name);
  }

  @AfterEach
  void stop() throws IOException {
    for (Quicksilver each : others) {
      each.close();
    }
    for (Quicksilver each : programs.values()) {
      each.close();
    }
    for (Node each : nodes.values()) {
      each.close();
    }
  }

  private Quicksilver at(String name) {
    return programs.get(name);
  }

  private void assertNotes(String... expected) {
    Awaitility.await().until(() -> notes.all().size() >= expected.length);
    assertEquals(
        List.of(expected).stream().sorted().toList(), notes.all().stream().sorted().toList());
  }

  /** A request from a to b, and one from b to c. */
  private Transaction chain(Vote vote) throws Exception {
    Transaction transaction = at("a").begin();
    Transaction atB = tagged("b", transaction.tag());
    atB.enlist(notes.participant("b", vote), TWO_PHASE, FAIL);
    Transaction atC = tagged("c", id(transaction) + "@" + at("b").node());
    atC.enlist(notes.participant("c", vote), TWO_PHASE, FAIL);
    return transaction;
  }

  private static String id(Transaction transaction) {
    return transaction.id().toString();
  }

  private Transaction tagged(String name, String tag) {
    Awaitility.await().ignoreExceptions().until(() -> isLinked(name));
    return at(name).tagged(tag);
  }

  /** Nodes are linked soon after their start. */
  private boolean isLinked(String name) throws Exception {
    Transaction probe = at("a").begin();
    try {
      at(name).tagged(probe.tag()).enlist(notes.participant("probe"), ONE_PHASE_STANDARD, FAIL);
      return true;
    } finally {
      probe.abort("only a probe");
      Awaitility.await().until(() -> notes.all().contains("probe aborts"));
      notes.forget("probe aborts");
    }
  }

  @Test
  void chainOfThreeNodesCommitsAsOne() throws Exception {
    chain(Vote.RECOVERABLE).commit();
    assertNotes("b votes", "c votes", "b commits", "c commits");
  }

  @Test
  void abortVoteAtTheEndOfTheChainAbortsTheWholeTree() throws Exception {
    Transaction transaction = chain(Vote.VOLATILE);
    tagged("c", id(transaction) + "@" + at("b").node())
        .enlist(notes.participant("no", Vote.ABORT), TWO_PHASE, FAIL);
    assertThrows(TransactionAbortedException.class, transaction::commit);
    Awaitility.await().until(() -> notes.all().containsAll(List.of("b aborts", "c aborts")));
    assertFalse(notes.all().contains("b commits"));
  }

  @Test
  void transactionThatNobodyKnowsIsNotJoined() {
    Transaction ended = at("a").begin();
    ended.abort("at once");
    assertThrows(
        TransactionAbortedException.class,
        () ->
            tagged("b", ended.tag())
                .enlist(notes.participant("late", Vote.VOLATILE), TWO_PHASE, FAIL));
  }

  @Test
  void withoutALinkTheReasonIsSaid() {
    Transaction transaction = at("b").begin();
    String nowhere = id(transaction) + "@00000000deadbeef";
    TransactionAbortedException refused =
        assertThrows(
            TransactionAbortedException.class,
            () -> at("c").tagged(nowhere).enlist(notes.participant("c"), ONE_PHASE_STANDARD, FAIL));
    assertTrue(refused.getMessage().contains("peers"), refused::getMessage);
  }

  @Test
  void ownersNodeThatIsGoneHasTheOthersAbort() throws Exception {
    Transaction transaction = chain(Vote.VOLATILE);
    assertTrue(transaction.isOwned());
    nodes.get("a").close();
    assertNotes("b aborts", "c aborts");
  }

  @Test
  void nodeThatComesBackDuringTheCommitIsToldTheOutcome() throws Exception {
    Transaction transaction = chain(Vote.RECOVERABLE);
    transaction.enlist(
        new Participant() {
          @Override
          public Vote vote(org.quicksilver.transaction.TransactionId id) throws IOException {
            Awaitility.await().until(() -> notes.all().contains("b votes"));
            return Vote.READ_ONLY;
          }
        },
        TWO_PHASE,
        FAIL);
    transaction.commit();
    nodes.get("b").close();
    startNode("b", ",peers=" + home("a"));
    assertNotes("b votes", "c votes", "b commits", "c commits");
  }

  @Test
  void coordinationHandedOverOutlivesTheClient() throws Exception {
    Transaction transaction = chain(Vote.VOLATILE);
    transaction.handOver(at("b").node());
    transaction.commit();
    assertNotes("b votes", "c votes", "b commits", "c commits");
  }

  @Test
  void clientThatHandedItsCoordinationOverAndDiesWithItsNodeHasAllCleanUp() throws Exception {
    Transaction transaction = chain(Vote.VOLATILE);
    transaction.handOver(at("b").node());
    nodes.get("a").close();
    assertNotes("b aborts", "c aborts");
  }

  @Test
  void roleIsOnlyHandedToWhoTakesPart() throws Exception {
    Transaction transaction = chain(Vote.VOLATILE);
    assertThrows(IllegalStateException.class, () -> transaction.handOver(at("c").node()));
    transaction.commit();
    assertNotes("b votes", "c votes", "b commits", "c commits");
  }

  @Test
  void ownershipMovesToAnotherProcess() throws Exception {
    Transaction transaction = chain(Vote.VOLATILE);
    Quicksilver other = Quicksilver.open(home("a"));
    others.add(other);
    transaction.transfer(other.node(), other.incarnation());
    assertFalse(transaction.isOwned());
    assertThrows(IllegalStateException.class, transaction::commit);
    other.owned(transaction.id()).get().commit();
    assertNotes("b votes", "c votes", "b commits", "c commits");
  }

  @Test
  void ownershipMovesToAProcessOfAnotherNode() throws Exception {
    Transaction transaction = chain(Vote.VOLATILE);
    transaction.transfer(at("b").node(), at("b").incarnation());
    assertFalse(transaction.isOwned());
    at("b").owned(transaction.id()).get().commit();
    assertNotes("b votes", "c votes", "b commits", "c commits");
  }

  @Test
  void ownershipDoesNotMoveToANodeFurtherOff() throws Exception {
    Transaction transaction = chain(Vote.VOLATILE);
    assertThrows(
        IllegalStateException.class,
        () -> transaction.transfer(at("c").node(), at("c").incarnation()));
    transaction.commit();
    assertNotes("b votes", "c votes", "b commits", "c commits");
  }

  @Test
  void newOwnersDeathAborts() throws Exception {
    Transaction transaction = chain(Vote.VOLATILE);
    Quicksilver other = Quicksilver.open(home("a"));
    transaction.transfer(other.node(), other.incarnation());
    other.close();
    assertNotes("b aborts", "c aborts");
  }

  @Test
  void nodesThatShareASecretAreLinkedOverAPort() throws Exception {
    new Home(home("d")).create();
    Files.copy(home("a").resolve("secret"), home("d").resolve("secret"));
    startNode("d", ",listen=127.0.0.1:0");
    String port = "127.0.0.1:" + nodes.get("d").address().orElseThrow().getPort();
    nodes.get("a").close();
    startNode("a", ",peers=" + port);
    programs.put("d", Quicksilver.open(home("d")));
    Transaction transaction = at("a").begin();
    tagged("d", transaction.tag()).enlist(notes.participant("d", Vote.VOLATILE), TWO_PHASE, FAIL);
    transaction.commit();
    assertNotes("d votes", "d commits");
  }
}
