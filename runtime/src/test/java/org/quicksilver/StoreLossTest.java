package org.quicksilver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicksilver.transaction.DeathEffect.FAIL;
import static org.quicksilver.transaction.ParticipationClass.ONE_PHASE_STANDARD;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.quicksilver.node.JavaProcess;
import org.quicksilver.node.NodeMain;

/**
 * A node is killed with transactions at work, prepared and committing, and its store is lost or
 * damaged with it: what was decided is finished from the log, what was not is aborted, everywhere.
 */
@Timeout(120)
class StoreLossTest {

  private static final int KILLS = Integer.getInteger("quicksilver.storeLosses", 2);
  private static final int AT_ONCE = 6;
  private static final long SEED = Long.getLong("quicksilver.seed", System.nanoTime());

  /** What happens to the store of a killed node. */
  private interface Damage {
    void to(Path store) throws IOException;
  }

  @TempDir Path directory;

  private final Random random = new Random(SEED);
  private final List<LedgerProcess> ledgers = new ArrayList<>();
  private final Notes notes = new Notes();
  private final Map<String, CompletableFuture<Void>> commits = new LinkedHashMap<>();
  private final List<Transaction> atWork = new ArrayList<>();
  private Process node;
  private Quicksilver quicksilver;

  private Path home() {
    return directory.resolve("home");
  }

  @BeforeEach
  void start() throws IOException {
    startNode();
    for (String name : List.of("a", "b")) {
      ledgers.add(new LedgerProcess(home(), directory.resolve(name + ".ledger")));
    }
    quicksilver = Quicksilver.open(home());
  }

  private void startNode() throws IOException {
    node =
        new ProcessBuilder(JavaProcess.command(NodeMain.class, "home=" + home()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String line = new BufferedReader(new InputStreamReader(node.getInputStream())).readLine();
    assertEquals("running", line, seed());
  }

  @AfterEach
  void stop() throws Exception {
    quicksilver.close();
    for (LedgerProcess each : ledgers) {
      each.close();
    }
    node.destroyForcibly().waitFor();
  }

  @Test
  void whatWasDecidedIsFinishedThoughTheWholeStoreIsGone() throws Exception {
    run(StoreLossTest::deleteAll);
  }

  @Test
  void whatWasDecidedIsFinishedThoughTheTransactionsAreGone() throws Exception {
    run(store -> Files.delete(store.resolve("transactions.map")));
  }

  @Test
  void whatWasDecidedIsFinishedThoughTheStoreIsDamaged() throws Exception {
    run(this::overwriteSome);
  }

  private static void deleteAll(Path store) throws IOException {
    try (Stream<Path> files = Files.walk(store)) {
      for (Path each : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(each);
      }
    }
  }

  /** The head of one map, and the middle of another. */
  private void overwriteSome(Path store) throws IOException {
    overwrite(store.resolve("transactions.map"), 0);
    overwrite(store.resolve("meta.map"), 1 << 16);
  }

  private void overwrite(Path file, long from) throws IOException {
    byte[] noise = new byte[4096];
    random.nextBytes(noise);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(noise), from);
    }
  }

  private void run(Damage damage) throws Exception {
    for (int i = 0; i < KILLS; i++) {
      for (int j = 0; j < AT_ONCE; j++) {
        begin();
      }
      TimeUnit.MICROSECONDS.sleep(random.nextInt(8000));
      node.destroyForcibly().waitFor();
      damage.to(home().resolve("store"));
      startNode();
      settle();
    }
    assertAgreement();
  }

  /** One in three has not been committed yet when the node is killed. */
  private void begin() throws Exception {
    Transaction transaction = quicksilver.begin();
    String id = transaction.id().toString();
    transaction.enlist(notes.participant(id), ONE_PHASE_STANDARD, FAIL);
    for (LedgerProcess ledger : ledgers) {
      assertTrue(ledger.enlist(transaction.tag()), seed());
    }
    if (random.nextInt(3) == 0) {
      atWork.add(transaction);
    } else {
      commits.put(id, transaction.commitAsync());
    }
  }

  private void settle() throws Exception {
    for (Transaction each : atWork) {
      commits.put(each.id().toString(), each.commitAsync());
    }
    atWork.clear();
    CompletableFuture<?> all =
        CompletableFuture.allOf(commits.values().toArray(new CompletableFuture<?>[0]));
    all.exceptionally(aborted -> null).get(30, TimeUnit.SECONDS);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> notes.all().size() == commits.size() && nobodyIsPrepared());
  }

  private boolean nobodyIsPrepared() throws IOException {
    for (LedgerProcess each : ledgers) {
      if (Ledger.read(each.file()).values().stream().anyMatch(l -> l.startsWith("PREPARED"))) {
        return false;
      }
    }
    return true;
  }

  private void assertAgreement() throws Exception {
    Map<String, String> a = Ledger.read(ledgers.get(0).file());
    Map<String, String> b = Ledger.read(ledgers.get(1).file());
    for (Map.Entry<String, CompletableFuture<Void>> each : commits.entrySet()) {
      String id = each.getKey();
      boolean committed = isCommitted(each.getValue());
      String expected = committed ? "COMMITTED" : "ABORTED";
      assertTrue(a.get(id).startsWith(expected), () -> a.get(id) + seed());
      assertTrue(b.get(id).startsWith(expected), () -> b.get(id) + seed());
      assertTrue(
          notes.all().contains(id + (committed ? " commits" : " aborts")),
          () -> id + " " + notes.all() + seed());
    }
    assertFalse(commits.isEmpty());
  }

  private static boolean isCommitted(CompletableFuture<Void> commit) throws InterruptedException {
    try {
      commit.get();
      return true;
    } catch (ExecutionException e) {
      assertTrue(e.getCause() instanceof TransactionAbortedException, e::toString);
      return false;
    }
  }

  private static String seed() {
    return ", seed " + SEED;
  }
}
