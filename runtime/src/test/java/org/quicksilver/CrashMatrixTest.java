package org.quicksilver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicksilver.transaction.DeathEffect.FAIL;
import static org.quicksilver.transaction.ParticipationClass.TWO_PHASE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.quicksilver.config.Home;
import org.quicksilver.log.DirectoryStorage;
import org.quicksilver.log.LogManager;
import org.quicksilver.log.LogParticipant;
import org.quicksilver.log.LogRecordCodec;
import org.quicksilver.log.LogVerification;
import org.quicksilver.node.TrippedNodeMain;
import org.quicksilver.transaction.LogRecord;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.Vote;

/**
 * Three nodes in processes of their own; one of them halts at a point of the protocol - before or
 * after an order to send, to append or to force, in a role and a phase - and is started again:
 * nobody disagrees, nobody stays in doubt, and what was said to be committed is. All points that a
 * run without a death passes are taken with {@code -Dquicksilver.points=100000}, otherwise some,
 * drawn by {@code -Dquicksilver.seed}.
 */
class CrashMatrixTest {

  private static final int POINTS = Integer.getInteger("quicksilver.points", 24);
  private static final long SEED = Long.getLong("quicksilver.seed", System.nanoTime());

  /** How a transaction is ended, and what its participants vote. */
  private enum Scenario {
    RECOVERABLE,
    VOLATILE,
    ONE_ABORTS,
    OWNER_ABORTS,
    HANDED_OVER
  }

  private record Point(Scenario scenario, String node, String name) {
    @Override
    public String toString() {
      return scenario + ", node " + node + " halts: " + name;
    }
  }

  /** What a participant has voted and been told. */
  private static final class Part implements Participant {
    private final Vote inclination;
    private volatile Vote voted;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    Part(Vote inclination) {
      this.inclination = inclination;
    }

    @Override
    public Vote vote(TransactionId id) {
      voted = inclination;
      return inclination;
    }

    @Override
    public void committed(TransactionId id) {
      told.add("COMMITTED");
    }

    @Override
    public void aborted(TransactionId id) {
      told.add("ABORTED");
    }

    boolean isSettled() {
      boolean isBound = voted == Vote.RECOVERABLE || voted == Vote.VOLATILE;
      return !isBound || !told.isEmpty();
    }
  }

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path directory;

  private final Map<String, ForkedNode> nodes = new LinkedHashMap<>();
  private final Map<String, Quicksilver> programs = new LinkedHashMap<>();

  @BeforeEach
  void start() throws IOException {
    startNode("a", "");
    startNode("b", ",peers=" + home("a"));
    startNode("c", ",peers=" + home("a") + ";" + home("b"));
  }

  /**
   * Links die late: one that voted volatile may abort alone when its superior is away for twice
   * that time, which is another matter.
   */
  private void startNode(String name, String peers) throws IOException {
    String options = ",link-death=10s,linger=0" + peers;
    nodes.put(name, new ForkedNode(TrippedNodeMain.class, home(name), options));
    programs.put(name, Quicksilver.open(home(name)));
  }

  private Path home(String name) {
    return directory.resolve(name);
  }

  @AfterEach
  void stop() throws Exception {
    for (Quicksilver each : programs.values()) {
      each.close();
    }
    for (ForkedNode each : nodes.values()) {
      each.close();
    }
  }

  @Test
  @Timeout(3600)
  void nobodyDisagreesWhereverANodeHalts() throws Exception {
    List<Point> points = new ArrayList<>();
    for (Scenario scenario : Scenario.values()) {
      forgetPoints();
      run(new Point(scenario, "a", "nowhere"));
      for (String node : nodes.keySet()) {
        passed(node).forEach(name -> points.add(new Point(scenario, node, name)));
      }
    }
    assertTrue(points.size() > 100, () -> "only " + points);
    Collections.shuffle(points, new Random(SEED));
    int halted = 0;
    for (Point point : points.subList(0, Math.min(POINTS, points.size()))) {
      halted += runAndHalt(point) ? 1 : 0;
    }
    assertTrue(halted >= Math.min(POINTS, points.size()) * 2 / 3, "only " + halted + seed());
    assertNothingIsLeft();
  }

  private static String seed() {
    return ", seed " + SEED;
  }

  private void forgetPoints() throws IOException {
    for (String name : nodes.keySet()) {
      Files.deleteIfExists(home(name).resolve("points"));
    }
  }

  private Set<String> passed(String node) throws IOException {
    Path file = home(node).resolve("points");
    return Files.exists(file) ? new LinkedHashSet<>(Files.readAllLines(file)) : Set.of();
  }

  /** Whether the node came to that point. */
  private boolean runAndHalt(Point point) throws Exception {
    awaitLinks();
    ForkedNode victim = nodes.get(point.node());
    Path trip = victim.home().resolve("trip");
    Path tripped = victim.home().resolve("tripped");
    Files.writeString(trip, point.name());
    CompletableFuture<Void> restart =
        CompletableFuture.runAsync(() -> startAgainWhenItHalts(victim, trip));
    try {
      run(point);
    } finally {
      Files.deleteIfExists(trip);
      restart.get(60, TimeUnit.SECONDS);
    }
    return Files.deleteIfExists(tripped);
  }

  /** The last that halted is linked again soon. A probe that found no link ends, too. */
  private void awaitLinks() {
    Awaitility.await("links" + seed())
        .ignoreExceptions()
        .until(
            () -> {
              Transaction probe = programs.get("a").begin();
              try {
                enlist(Scenario.OWNER_ABORTS, probe, new ArrayList<>());
                return true;
              } finally {
                probe.abort("only a probe");
              }
            });
  }

  /** Until it has, or the point is given up. */
  private static void startAgainWhenItHalts(ForkedNode victim, Path trip) {
    Path tripped = trip.resolveSibling("tripped");
    try {
      while (Files.exists(trip) || Files.exists(tripped)) {
        if (victim.diesWithin(20)) {
          victim.start();
          return;
        }
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void run(Point point) throws Exception {
    List<Part> parts = new ArrayList<>();
    Transaction transaction = programs.get("a").begin();
    String result = "ABORTED";
    try {
      enlist(point.scenario(), transaction, parts);
      end(point.scenario(), transaction).get(60, TimeUnit.SECONDS);
      result = "COMMITTED";
    } catch (TransactionAbortedException | IllegalStateException e) {
      transaction.abort("it cannot go on: " + e.getMessage());
    } catch (ExecutionException e) {
      assertTrue(e.getCause() instanceof TransactionAbortedException, () -> point + ": " + e);
      transaction.abort("it cannot go on: " + e.getMessage());
    }
    Awaitility.await(point + seed())
        .atMost(Duration.ofSeconds(40))
        .until(() -> parts.stream().allMatch(Part::isSettled));
    assertAgreement(point, result, parts);
  }

  private void enlist(Scenario scenario, Transaction transaction, List<Part> parts)
      throws Exception {
    String below = transaction.id() + "@" + programs.get("b").node();
    Map<String, String> tags = Map.of("a", transaction.tag(), "b", transaction.tag(), "c", below);
    for (String name : nodes.keySet()) {
      Part part = new Part(inclination(scenario, name));
      parts.add(part);
      Transaction joined = programs.get(name).tagged(tags.get(name));
      joined.enlistAsync(part, TWO_PHASE, FAIL).get(60, TimeUnit.SECONDS);
    }
    if (scenario == Scenario.HANDED_OVER) {
      transaction
          .handOverAsync(programs.get("b").node())
          .handle((done, e) -> 0)
          .completeOnTimeout(0, 10, TimeUnit.SECONDS)
          .get();
    }
  }

  private static Vote inclination(Scenario scenario, String name) {
    return switch (scenario) {
      case RECOVERABLE, OWNER_ABORTS, HANDED_OVER -> Vote.RECOVERABLE;
      case VOLATILE -> Vote.VOLATILE;
      case ONE_ABORTS -> name.equals("c") ? Vote.ABORT : Vote.RECOVERABLE;
    };
  }

  private static CompletableFuture<Void> end(Scenario scenario, Transaction transaction) {
    if (scenario == Scenario.OWNER_ABORTS) {
      transaction.abort("as planned");
    }
    return transaction.commitAsync();
  }

  private static void assertAgreement(Point point, String result, List<Part> parts) {
    Set<String> outcomes = new LinkedHashSet<>();
    parts.forEach(part -> outcomes.addAll(part.told));
    assertTrue(outcomes.size() <= 1, () -> point + ": told " + outcomes + seed());
    if (result.equals("COMMITTED")) {
      assertEquals(Set.of("COMMITTED"), outcomes, () -> point + seed());
      parts.forEach(part -> assertTrue(!part.told.isEmpty(), () -> point + seed()));
    } else {
      assertTrue(!outcomes.contains("COMMITTED"), () -> point + ": told " + outcomes + seed());
    }
  }

  /** Nothing is under way any more anywhere, and the logs say so. */
  private void assertNothingIsLeft() throws Exception {
    for (ForkedNode node : nodes.values()) {
      Awaitility.await(node.home() + seed())
          .atMost(Duration.ofSeconds(40))
          .untilAsserted(
              () -> {
                String left = Commands.run(node.home(), "tx", "list", "--programs");
                assertTrue(left.contains("no transactions"), left);
              });
      node.terminate();
      Path log = new Home(node.home()).log();
      LogVerification verified = LogVerification.of(DirectoryStorage.readOnly(log));
      assertEquals(Optional.empty(), verified.problem(), () -> node.home() + seed());
      assertTrue(verified.records() > 0, () -> node.home() + seed());
      assertEquals(Set.of(), unended(log), () -> node.home() + seed());
    }
  }

  private static Set<TransactionId> unended(Path log) throws IOException {
    Set<TransactionId> open = new LinkedHashSet<>();
    try (LogManager manager = LogManager.open(log)) {
      LogParticipant self = LogParticipant.TRANSACTION_MANAGER;
      List<byte[]> payloads = new ArrayList<>();
      manager.read(self, manager.lowWater(self), entry -> payloads.add(entry.payload()));
      for (byte[] payload : payloads) {
        LogRecord record = LogRecordCodec.decode(payload);
        if (record instanceof LogRecord.End) {
          open.remove(record.tid());
        } else {
          open.add(record.tid());
        }
      }
    }
    return open;
  }
}
