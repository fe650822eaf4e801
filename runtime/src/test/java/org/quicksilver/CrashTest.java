package org.quicksilver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.quicksilver.config.Home;
import org.quicksilver.node.NodeMain;
import org.quicksilver.transaction.NodeId;

/**
 * Two-phase commits of three processes with ledgers of their own, each below a node of its own,
 * while nodes and processes are killed at any moment: nobody disagrees, what was said to be
 * committed is, and nothing stays in doubt. Longer with {@code -Dquicksilver.commits=1000}.
 */
class CrashTest {

  private static final int COMMITS = Integer.getInteger("quicksilver.commits", 60);
  private static final int COMMITS_BETWEEN_KILLS = 6;
  private static final long SEED = Long.getLong("quicksilver.seed", System.nanoTime());

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path directory;

  private final Random random = new Random(SEED);
  private final Map<String, ForkedNode> nodes = new LinkedHashMap<>();
  private final Map<String, LedgerProcess> ledgers = new LinkedHashMap<>();
  private final Set<String> saidToBeCommitted = new HashSet<>();

  private Path home(String name) {
    return directory.resolve(name);
  }

  private void start(String name, String peers) throws IOException {
    String options = ",linger=0,link-death=3s" + peers;
    nodes.put(name, new ForkedNode(NodeMain.class, home(name), options));
    ledgers.put(name, new LedgerProcess(home(name), directory.resolve(name + ".ledger")));
  }

  @Test
  @Timeout(3600)
  void nobodyDisagreesWhoeverIsKilled() throws Exception {
    start("a", "");
    start("b", ",peers=" + home("a"));
    start("c", ",peers=" + home("a") + ";" + home("b"));
    try (Quicksilver quicksilver = Quicksilver.open(home("a"))) {
      String b = "@" + nodeId(home("b"));
      for (int i = 0; i < COMMITS; i++) {
        commitOne(quicksilver, b, i % COMMITS_BETWEEN_KILLS == 0);
      }
      settle();
    } finally {
      for (LedgerProcess ledger : ledgers.values()) {
        ledger.close();
      }
      for (ForkedNode node : nodes.values()) {
        node.close();
      }
    }
    assertTrue(saidToBeCommitted.size() > COMMITS / 2, () -> saidToBeCommitted.size() + seed());
    assertAgreement();
  }

  private static NodeId nodeId(Path home) throws IOException {
    return new NodeId(new Home(home).nodeId());
  }

  /** In one of them somebody is killed. */
  private void commitOne(Quicksilver quicksilver, String b, boolean kill) throws Exception {
    Transaction transaction = beginEverywhere(quicksilver, b);
    CompletableFuture<Void> commit = transaction.commitAsync();
    if (kill) {
      TimeUnit.MICROSECONDS.sleep(random.nextInt(8000));
      killOne();
    }
    try {
      commit.get(60, TimeUnit.SECONDS);
      saidToBeCommitted.add(transaction.id().toString());
    } catch (java.util.concurrent.ExecutionException e) {
      assertTrue(e.getCause() instanceof TransactionAbortedException, () -> "" + e.getCause());
    }
  }

  /** Begun anew until everybody takes part: who was killed is away for a while. */
  private Transaction beginEverywhere(Quicksilver quicksilver, String b) {
    return Awaitility.await("seed " + SEED)
        .atMost(Duration.ofSeconds(60))
        .until(() -> begin(quicksilver, b), Optional::isPresent)
        .orElseThrow();
  }

  /** A chain, or two below one. */
  private Optional<Transaction> begin(Quicksilver quicksilver, String b) throws Exception {
    Transaction transaction = quicksilver.begin();
    String below = random.nextBoolean() ? transaction.id() + b : transaction.tag();
    List<String> tags = List.of(transaction.tag(), transaction.tag(), below);
    int place = 0;
    for (LedgerProcess ledger : ledgers.values()) {
      if (!ledger.enlist(tags.get(place++))) {
        transaction.abort("not everybody takes part");
        return Optional.empty();
      }
    }
    return Optional.of(transaction);
  }

  private void killOne() throws Exception {
    String name = List.copyOf(nodes.keySet()).get(random.nextInt(nodes.size()));
    if (random.nextInt(4) > 0) {
      nodes.get(name).kill();
      nodes.get(name).start();
    } else {
      ledgers.get(name).kill();
      ledgers.get(name).startAgain();
    }
  }

  private void settle() {
    Awaitility.await("seed " + SEED)
        .atMost(Duration.ofSeconds(60))
        .until(() -> read().values().stream().allMatch(CrashTest::isSettled));
  }

  private static boolean isSettled(Map<String, String> ledger) {
    return ledger.values().stream().noneMatch(line -> line.startsWith("PREPARED"));
  }

  private Map<String, Map<String, String>> read() throws IOException {
    Map<String, Map<String, String>> all = new LinkedHashMap<>();
    for (Map.Entry<String, LedgerProcess> each : ledgers.entrySet()) {
      all.put(each.getKey(), Ledger.read(each.getValue().file()));
    }
    return all;
  }

  private void assertAgreement() throws IOException {
    Map<String, Map<String, String>> all = read();
    Map<String, String> outcomes = new LinkedHashMap<>();
    all.forEach(
        (name, ledger) ->
            ledger.forEach(
                (id, line) -> {
                  assertTrue(line.matches("(COMMITTED|ABORTED) .*"), () -> line + seed());
                  String other = outcomes.putIfAbsent(id, outcome(line));
                  assertTrue(other == null || other.equals(outcome(line)), () -> id + seed());
                }));
    for (String id : saidToBeCommitted) {
      all.values()
          .forEach(ledger -> assertEquals("COMMITTED", outcome(ledger.get(id)), () -> id + seed()));
    }
  }

  private static String outcome(String line) {
    return line == null ? "NOTHING" : line.split(" ")[0];
  }

  private static String seed() {
    return ", seed " + SEED;
  }
}
