package org.quicksilver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicksilver.transaction.DeathEffect.FAIL;
import static org.quicksilver.transaction.ParticipationClass.ONE_PHASE_STANDARD;
import static org.quicksilver.transaction.ParticipationClass.TWO_PHASE;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.quicksilver.cli.Cli;
import org.quicksilver.config.Home;
import org.quicksilver.config.Settings;
import org.quicksilver.log.LogManager;
import org.quicksilver.log.LogParticipant;
import org.quicksilver.log.LogRecordCodec;
import org.quicksilver.node.Node;
import org.quicksilver.transaction.LogRecord;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.Vote;

/** What an operator sees of nodes and transactions, and does to them, by commands. */
@Timeout(60)
class OperatorTest {

  private static final int DONE = 0;
  private static final int OTHERWISE = 1;
  private static final int NO_NODE = 3;
  private static final int NOT_FOUND = 5;
  private static final int DENIED = 6;
  private static final int REFUSED = 7;

  /** A command that was run. */
  private record Run(int code, String text) {
    JsonObject json() {
      return JsonParser.parseString(text).getAsJsonObject();
    }
  }

  @TempDir Path directory;

  private final Map<String, Node> nodes = new HashMap<>();
  private final Map<String, Quicksilver> programs = new HashMap<>();
  private final Notes notes = new Notes();

  @BeforeEach
  void start() throws Exception {
    startNode("a", "");
    startNode("b", ",peers=" + home("a"));
    for (String name : List.of("a", "b")) {
      programs.put(name, Quicksilver.open(home(name)));
    }
    Awaitility.await().until(() -> run("a", "stats").text().contains("linked"));
  }

  private void startNode(String name, String options) throws IOException {
    String all = "home=" + home(name) + ",link-death=500ms" + options;
    nodes.put(name, Node.start(Settings.read(all, new Properties(), Map.of())));
  }

  private Path home(String name) {
    return directory.resolve(name);
  }

  @AfterEach
  void stop() throws IOException {
    for (Quicksilver each : programs.values()) {
      each.close();
    }
    for (Node each : nodes.values()) {
      each.close();
    }
  }

  private Run run(String at, String... words) {
    StringWriter out = new StringWriter();
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--home", home(at).toString()));
    PrintWriter to = new PrintWriter(out);
    return new Run(Cli.run(all.toArray(new String[0]), to, to), out.toString());
  }

  private String done(String at, String... words) {
    Run run = run(at, words);
    assertEquals(DONE, run.code(), run::text);
    return run.text();
  }

  private void assertRefused(String why, Run run) {
    assertEquals(REFUSED, run.code(), run::text);
    assertTrue(run.text().contains(why), run::text);
  }

  private Transaction begun() throws Exception {
    Transaction transaction = programs.get("a").begin();
    transaction.enlist(notes.participant("a", Vote.RECOVERABLE), TWO_PHASE, FAIL);
    return transaction;
  }

  private Transaction overBoth() throws Exception {
    Transaction transaction = begun();
    programs
        .get("b")
        .tagged(transaction.tag())
        .enlist(notes.participant("b", Vote.RECOVERABLE), TWO_PHASE, FAIL);
    return transaction;
  }

  private static String id(Transaction transaction) {
    return transaction.id().toString();
  }

  private String nodeOf(String name) {
    return programs.get(name).node().toString();
  }

  @Test
  void treeShowsThePartsOfTheNodesBelow() throws Exception {
    Transaction transaction = overBoth();
    String pid = "process " + ProcessHandle.current().pid();
    String tree = done("a", "tx", "tree", id(transaction), "--ascii");
    assertEquals(
        List.of(
            id(transaction) + "  program  active",
            "`- node " + nodeOf("a") + ", this one: root, active, owner " + pid.substring(8),
            "   |- " + pid + ", handles  one-phase-standard  joined",
            "   |- " + pid + ", participant 1  two-phase  joined",
            "   `- node " + nodeOf("b") + "  two-phase  joined: subordinate, active",
            "      `- " + pid + ", participant 1  two-phase  joined"),
        tree.lines().toList());
    transaction.commit();
  }

  @Test
  void treeOfASubordinateNamesItsSuperior() throws Exception {
    Transaction transaction = overBoth();
    String tree = done("b", "tx", "tree", "--programs", "--ascii");
    assertEquals(
        List.of(
            id(transaction) + "  program  active",
            "`- node " + nodeOf("a") + ": its superior; ask there",
            "   `- node " + nodeOf("b") + ", this one: subordinate, active"),
        tree.lines().limit(3).toList());
    String list = done("b", "tx", "list", "--programs");
    assertTrue(list.contains("subordinate  " + nodeOf("a")), list);
    transaction.commit();
  }

  @Test
  void partOfANodeThatIsGoneIsSaidToBeUnknown() throws Exception {
    Transaction transaction = overBoth();
    nodes.get("b").close();
    Awaitility.await().until(() -> done("a", "tx", "show", id(transaction)).contains("was lost"));
    String tree = done("a", "tx", "tree", id(transaction));
    assertTrue(tree.contains("unreachable"), tree);
    assertTrue(tree.contains("its own part is not known here: ask there"), tree);
  }

  @Test
  void operatorCommitsInPlaceOfTheOwner() throws Exception {
    Transaction transaction = overBoth();
    assertEquals("committed " + id(transaction) + "\n", done("a", "tx", "commit", id(transaction)));
    Awaitility.await().until(() -> notes.all().containsAll(List.of("a commits", "b commits")));
    transaction.commit();
    assertEquals(NOT_FOUND, run("a", "tx", "commit", id(transaction)).code());
  }

  @Test
  void operatorsCommitMayEndInAnAbort() throws Exception {
    Transaction transaction = begun();
    transaction.enlist(notes.participant("no", Vote.ABORT), TWO_PHASE, FAIL);
    Run run = run("a", "tx", "commit", id(transaction));
    assertEquals(OTHERWISE, run.code(), run::text);
    assertTrue(run.text().startsWith("aborted " + id(transaction) + ": "), run::text);
    assertThrows(TransactionAbortedException.class, transaction::commit);
  }

  @Test
  void commitIsRefusedWhereTheOwnerCouldNotOrIsNot() throws Exception {
    Transaction transaction = overBoth();
    assertRefused("at the owner's node", run("b", "tx", "commit", id(transaction)));
    programs.get("b").tagged(transaction.tag()).abort("out of paper");
    Awaitility.await()
        .until(() -> done("a", "tx", "show", id(transaction)).contains("out of paper"));
    assertRefused("out of paper", run("a", "tx", "commit", id(transaction)));
    TransactionId process =
        new TransactionId(programs.get("a").node().value(), programs.get("a").incarnation(), 1);
    assertRefused("orderly exit", run("a", "tx", "commit", process.toString()));
    assertEquals(NOT_FOUND, run("a", "tx", "commit", "00c0ffee00c0ffee-00000007-2a").code());
  }

  @Test
  void whoHasNoSecretEndsNothing() throws Exception {
    Transaction transaction = begun();
    Path secret = home("a").resolve("secret");
    Path hidden = Files.move(secret, home("a").resolve("hidden"));
    assertEquals(DENIED, run("a", "tx", "commit", id(transaction)).code());
    assertEquals(DENIED, run("a", "tx", "resolve", id(transaction), "abort").code());
    assertEquals(DENIED, run("a", "log", "force").code());
    assertEquals(DENIED, run("a", "log", "checkpoint").code());
    Files.move(hidden, secret);
    transaction.commit();
  }

  @Test
  void onlyWhatIsInDoubtIsResolved() throws Exception {
    Transaction transaction = overBoth();
    assertRefused("this node decides it", run("a", "tx", "resolve", id(transaction), "abort"));
    assertRefused("not in doubt", run("b", "tx", "resolve", id(transaction), "commit"));
    transaction.commit();
  }

  /** Prepared on b, while a waits for a vote of its own until it is released, and is then gone. */
  private Transaction inDoubt(CountDownLatch released, List<CompletableFuture<Void>> commits)
      throws Exception {
    Transaction transaction = overBoth();
    transaction.enlist(
        new Participant() {
          @Override
          public Vote vote(TransactionId id) throws InterruptedException {
            released.await();
            return Vote.RECOVERABLE;
          }
        },
        TWO_PHASE,
        FAIL);
    commits.add(transaction.commitAsync());
    Awaitility.await().until(() -> done("b", "tx", "show", id(transaction)).contains("prepared"));
    assertRefused("is linked", run("b", "tx", "resolve", id(transaction), "abort"));
    nodes.get("a").close();
    Awaitility.await()
        .until(() -> done("b", "tx", "show", id(transaction)).contains("in doubt for"));
    return transaction;
  }

  @Test
  void operatorsWordIsDoneLoggedAndComparedWithTheTruth() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    List<CompletableFuture<Void>> commits = new ArrayList<>();
    Transaction transaction = inDoubt(released, commits);
    assertEquals(1, run("b", "stats", "--json").json().get("inDoubt").getAsInt());
    String resolved = done("b", "tx", "resolve", id(transaction), "abort");
    assertTrue(resolved.contains("aborted here"), resolved);
    Awaitility.await().until(() -> notes.all().contains("b aborts"));
    assertTrue(done("b", "log", "dump").contains("heuristic " + id(transaction)));
    startNode("a", "");
    released.countDown();
    commits.get(0).get();
    String damage = "damage: aborted here, committed by its coordinator";
    Awaitility.await().until(() -> done("b", "tx", "show", id(transaction)).contains(damage));
    assertTrue(done("b", "tx", "list", "--all", "--json").contains("committed by its coordinator"));
    JsonObject stats = run("b", "stats", "--json").json();
    assertEquals(0, stats.get("inDoubt").getAsInt());
    assertEquals(1, stats.getAsJsonObject("transactions").get("everInDoubt").getAsInt());
    assertEquals(1, stats.getAsJsonObject("transactions").get("damaged").getAsInt());
    String log = Files.readString(new Home(home("b")).nodeLog());
    assertTrue(log.contains("was not the true one"), log);
    assertTrue(log.contains("an operator resolves it: ABORTED"), log);
    nodes.get("b").close();
    startNode("b", ",peers=" + home("a"));
    String remembered = done("b", "tx", "show", id(transaction));
    assertTrue(remembered.contains(damage), remembered);
  }

  @Test
  void truthThatAgreesIsNoDamage() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    List<CompletableFuture<Void>> commits = new ArrayList<>();
    Transaction transaction = inDoubt(released, commits);
    done("b", "tx", "resolve", id(transaction), "commit");
    Awaitility.await().until(() -> notes.all().contains("b commits"));
    startNode("a", "");
    released.countDown();
    commits.get(0).get();
    Awaitility.await().until(() -> done("b", "tx", "show", id(transaction)).contains("  ended"));
    assertEquals(
        0,
        run("b", "stats", "--json")
            .json()
            .getAsJsonObject("transactions")
            .get("damaged")
            .getAsInt());
  }

  @Test
  void forcedLogSurvivesAndACheckpointGivesUpWhatIsOver() throws Exception {
    assertEquals("the log is empty: nothing was written yet\n", done("b", "log", "force"));
    Transaction open = begun();
    open.commit();
    Awaitility.await().until(() -> notes.all().contains("a commits"));
    JsonObject forced = run("a", "log", "force", "--json").json();
    Awaitility.await()
        .until(() -> done("a", "tx", "list", "--programs").contains("no transactions"));
    JsonObject checkpoint = run("a", "log", "checkpoint", "--json").json();
    assertEquals("0.0", forced.get("lowWater").getAsString());
    assertTrue(!checkpoint.get("lowWater").getAsString().equals("0.0"), checkpoint::toString);
    assertEquals(1, checkpoint.get("segments").getAsInt(), checkpoint::toString);
    assertTrue(done("a", "log", "checkpoint").contains("kept from     1."));
  }

  /** What some 100,000 commits would leave. */
  private void fillLog() throws IOException {
    try (LogManager log = LogManager.open(new Home(home("a")).log())) {
      LogParticipant files = new LogParticipant("files");
      long last = 0;
      for (int i = 0; i < 150; i++) {
        TransactionId tid = new TransactionId(programs.get("a").node().value(), 1, i + 2);
        for (LogRecord each :
            List.of(new LogRecord.Commit(tid, List.of()), new LogRecord.End(tid))) {
          last = log.append(LogParticipant.TRANSACTION_MANAGER, LogRecordCodec.encode(each));
        }
        log.append(files, new byte[100_000]);
      }
      log.checkpoint(files, last);
      log.force(last);
    }
  }

  @Test
  void checkpointDeletesSegmentsThatNobodyNeeds() throws Exception {
    nodes.get("a").close();
    fillLog();
    startNode("a", "");
    JsonObject before = run("a", "log", "force", "--json").json();
    assertEquals("tm", before.get("holder").getAsString(), before::toString);
    assertTrue(before.get("segments").getAsInt() >= 4, before::toString);
    JsonObject after = run("a", "log", "checkpoint", "--json").json();
    assertEquals("", after.get("holder").getAsString(), after::toString);
    assertTrue(after.get("segments").getAsInt() <= 2, after::toString);
    nodes.get("a").close();
    assertTrue(done("a", "log", "verify").contains("no damage"));
  }

  @Test
  void withoutANodeTheLogIsNotForced() throws Exception {
    nodes.get("a").close();
    Run run = run("a", "log", "force");
    assertEquals(NO_NODE, run.code());
    assertTrue(run.text().contains("no node is running"), run::text);
    assertEquals(NO_NODE, run("a", "log", "checkpoint").code());
  }

  @Test
  void statisticsCountOutcomesClassesForcesAndLinks() throws Exception {
    Transaction committed = overBoth();
    committed.enlist(notes.participant("window"), ONE_PHASE_STANDARD, FAIL);
    committed.commit();
    Transaction aborted = begun();
    aborted.abort("a change of mind");
    Awaitility.await().until(() -> notes.all().contains("a aborts"));
    JsonObject stats = run("a", "stats", "--json").json();
    JsonObject counts = stats.getAsJsonObject("transactions");
    assertEquals(1, counts.get("committed").getAsInt(), stats::toString);
    assertEquals(1, counts.get("aborted").getAsInt(), stats::toString);
    // Two-phase: a and node b, then a again; standard: the process with its handles, and window.
    assertEquals(List.of(2, 1), ends(stats, "TWO_PHASE"));
    assertEquals(List.of(2, 1), ends(stats, "ONE_PHASE_STANDARD"));
    assertEquals(List.of(0, 0), ends(stats, "ONE_PHASE_DELAYED"));
    JsonObject log = stats.getAsJsonObject("log");
    assertTrue(log.get("forces").getAsInt() >= 1, log::toString);
    assertEquals(
        log.get("forces").getAsInt(),
        log.getAsJsonObject("forceMicros").get("count").getAsInt(),
        log::toString);
    assertTrue(log.getAsJsonObject("groups").get("max").getAsInt() >= 1, log::toString);
    JsonObject latency = stats.getAsJsonObject("latencies").getAsJsonObject("beginToDecided");
    assertEquals(2, latency.get("count").getAsInt(), latency::toString);
    assertTrue(latency.get("p99").getAsLong() > 0, latency::toString);
    JsonObject link = stats.getAsJsonArray("links").get(0).getAsJsonObject();
    assertEquals(nodeOf("b"), link.get("node").getAsString());
    assertEquals("linked", link.get("state").getAsString());
    assertTrue(link.get("sent").getAsInt() >= 3, link::toString);
    assertTrue(link.get("received").getAsInt() >= 3, link::toString);
  }

  private static List<Integer> ends(JsonObject stats, String participation) {
    for (var each : stats.getAsJsonArray("classes")) {
      JsonObject ends = each.getAsJsonObject();
      if (ends.get("participation").getAsString().equals(participation)) {
        return List.of(ends.get("committed").getAsInt(), ends.get("aborted").getAsInt());
      }
    }
    return List.of();
  }

  @Test
  void addressThatNobodyAnswersIsALinkThatIsMissing() throws Exception {
    nodes.get("b").close();
    startNode("b", ",peers=" + home("a") + ";" + home("nobody"));
    Awaitility.await().until(() -> run("b", "stats").text().contains("linked"));
    String stats = done("b", "stats");
    assertTrue(
        stats
            .lines()
            .anyMatch(l -> l.startsWith("-") && l.contains("none") && l.contains("nobody")),
        stats);
  }
}
