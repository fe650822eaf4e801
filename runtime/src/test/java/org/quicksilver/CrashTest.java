package org.quicksilver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.quicksilver.node.JavaProcess;
import org.quicksilver.node.NodeMain;

/**
 * Two-phase commits of two processes with ledgers of their own, while the node and the processes
 * are killed at any moment: nobody disagrees, and what was said to be committed is.
 */
class CrashTest {

  private static final int COMMITS = Integer.getInteger("quicksilver.commits", 120);
  private static final long SEED = Long.getLong("quicksilver.seed", System.nanoTime());

  @TempDir Path directory;

  private final Random random = new Random(SEED);
  private final List<LedgerProcess> ledgers = new ArrayList<>();
  private final Set<String> saidToBeCommitted = new HashSet<>();
  private Process node;
  private int kills;

  private Path home() {
    return directory.resolve("home");
  }

  private void startNode() throws IOException {
    node =
        new ProcessBuilder(JavaProcess.command(NodeMain.class, "home=" + home()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String line = new BufferedReader(new InputStreamReader(node.getInputStream())).readLine();
    assertEquals("running", line);
  }

  @Test
  @Timeout(600)
  void nobodyDisagreesWhoeverIsKilled() throws Exception {
    startNode();
    for (String name : List.of("a", "b")) {
      ledgers.add(new LedgerProcess(home(), directory.resolve(name + ".ledger")));
    }
    try (Quicksilver quicksilver = Quicksilver.open(home())) {
      for (int i = 0; i < COMMITS; i++) {
        commitOne(quicksilver);
      }
      settle();
    } finally {
      for (LedgerProcess ledger : ledgers) {
        ledger.close();
      }
      node.destroyForcibly().waitFor();
    }
    assertTrue(kills > COMMITS / 20, "only " + kills + " kills");
    assertTrue(saidToBeCommitted.size() > COMMITS / 4, "only " + saidToBeCommitted.size());
    assertAgreement();
  }

  private void commitOne(Quicksilver quicksilver) throws Exception {
    Transaction transaction = quicksilver.begin();
    for (LedgerProcess ledger : ledgers) {
      if (!ledger.enlist(transaction.id())) {
        // The node was away and had not yet been told of it.
        transaction.abort("not everybody takes part");
        return;
      }
    }
    CompletableFuture<Void> commit = transaction.commitAsync();
    if (random.nextInt(6) == 0) {
      TimeUnit.MICROSECONDS.sleep(random.nextInt(4000));
      killOne();
    }
    try {
      commit.get(60, TimeUnit.SECONDS);
      saidToBeCommitted.add(transaction.id().toString());
    } catch (java.util.concurrent.ExecutionException e) {
      assertTrue(e.getCause() instanceof TransactionAbortedException, () -> "" + e.getCause());
    }
  }

  private void killOne() throws Exception {
    kills++;
    int victim = random.nextInt(ledgers.size() + 1);
    if (victim == ledgers.size()) {
      node.destroyForcibly().waitFor();
      startNode();
    } else {
      ledgers.get(victim).kill();
      ledgers.get(victim).startAgain();
    }
  }

  private void settle() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              for (LedgerProcess ledger : ledgers) {
                if (Ledger.read(ledger.file()).values().stream()
                    .anyMatch(line -> line.startsWith("PREPARED"))) {
                  return false;
                }
              }
              return true;
            });
  }

  private void assertAgreement() throws IOException {
    Map<String, String> a = Ledger.read(ledgers.get(0).file());
    Map<String, String> b = Ledger.read(ledgers.get(1).file());
    Stream.concat(a.values().stream(), b.values().stream())
        .forEach(line -> assertTrue(line.matches("(COMMITTED|ABORTED) .*"), () -> line + seed()));
    for (String id : a.keySet()) {
      if (b.containsKey(id)) {
        assertEquals(outcome(a.get(id)), outcome(b.get(id)), () -> id + seed());
      }
    }
    for (String id : saidToBeCommitted) {
      assertEquals("COMMITTED", outcome(a.get(id)), () -> id + seed());
      assertEquals("COMMITTED", outcome(b.get(id)), () -> id + seed());
    }
    assertTrue(Files.size(ledgers.get(0).file()) > 0);
  }

  private static String outcome(String line) {
    return line == null ? "NOTHING" : line.split(" ")[0];
  }

  private static String seed() {
    return ", seed " + SEED;
  }
}
