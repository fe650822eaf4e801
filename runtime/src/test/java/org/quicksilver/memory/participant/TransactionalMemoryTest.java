package org.quicksilver.memory.participant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.quicksilver.transaction.DeathEffect.FAIL;
import static org.quicksilver.transaction.ParticipationClass.TWO_PHASE;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.quicksilver.Participant;
import org.quicksilver.Quicksilver;
import org.quicksilver.Transaction;
import org.quicksilver.TransactionAbortedException;
import org.quicksilver.config.Settings;
import org.quicksilver.memory.Durability;
import org.quicksilver.memory.RecoverableMemory;
import org.quicksilver.memory.Region;
import org.quicksilver.memory.RegionOptions;
import org.quicksilver.memory.SegmentRange;
import org.quicksilver.memory.TransactionEndedException;
import org.quicksilver.node.JavaProcess;
import org.quicksilver.node.Node;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.Vote;

/** Memory in two-phase transactions, with a node in this process. */
@Timeout(60)
class TransactionalMemoryTest {

  @TempDir Path directory;

  private Path home;
  private Node node;
  private Quicksilver quicksilver;
  private RecoverableMemory memory;
  private Region region;
  private TransactionalMemory transactional;

  @BeforeEach
  void open() throws IOException {
    home = directory.resolve("home");
    node = Node.start(Settings.read("home=" + home + ",node=auto", new Properties(), Map.of()));
    quicksilver = Quicksilver.open(home);
    memory = create(directory.resolve("own"));
    region = map(memory, directory.resolve("own"));
    transactional = TransactionalMemory.open(memory, quicksilver);
  }

  /** Whose memory it is. */
  MemoryEngine engine() {
    return MemoryEngine.LRVM;
  }

  Durability durabilityOfTheVote() {
    return transactional.durability();
  }

  private RecoverableMemory create(Path log) {
    engine().createLog(log);
    return engine().initialize(log);
  }

  private static Region map(RecoverableMemory memory, Path log) {
    return memory.map(
        new SegmentRange(Path.of(log + ".segment"), 0, 1000), RegionOptions.creating());
  }

  @AfterEach
  void close() throws IOException {
    quicksilver.close();
    memory.close();
    node.close();
  }

  private static void store(MemoryEnlistment enlistment, Region region, long value) {
    enlistment.setRange(region, 8, 8);
    region.putLong(8, value);
  }

  @Test
  void committedInAllMemories() throws Exception {
    try (RecoverableMemory other = create(directory.resolve("other"))) {
      Region second = map(other, directory.resolve("other"));
      Transaction transaction = quicksilver.begin();
      store(transactional.enlist(transaction), region, 11);
      store(TransactionalMemory.open(other, quicksilver).enlist(transaction), second, 12);
      transaction.commit();
      Awaitility.await().until(() -> memory.prepared().isEmpty() && other.prepared().isEmpty());
      assertEquals(11, region.getLong(8));
      assertEquals(12, second.getLong(8));
      assertEquals(1, other.statistics().prepared());
    }
  }

  @Test
  void oneVoteToAbortRestoresTheMemory() throws Exception {
    Transaction transaction = quicksilver.begin();
    store(transactional.enlist(transaction), region, 13);
    transaction.enlist(
        new Participant() {
          @Override
          public Vote vote(TransactionId id) {
            return Vote.ABORT;
          }
        },
        TWO_PHASE,
        FAIL);
    assertThrows(TransactionAbortedException.class, transaction::commit);
    Awaitility.await().until(() -> region.getLong(8) == 0 && memory.prepared().isEmpty());
  }

  @Test
  void nothingDeclaredIsReadOnly() throws Exception {
    Transaction transaction = quicksilver.begin();
    MemoryEnlistment enlistment = transactional.enlist(transaction);
    transaction.commit();
    assertEquals(0, memory.statistics().prepared());
    assertThrows(TransactionEndedException.class, () -> enlistment.setRange(region, 0, 1));
  }

  /** Enlists its memory in the transaction it is given; without one it takes up its promises. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws Exception {
      Path log = Path.of(arguments[1]);
      RecoverableMemory memory = MemoryEngine.valueOf(arguments[2]).initialize(log);
      Region region = map(memory, log);
      Quicksilver quicksilver = Quicksilver.open(Path.of(arguments[0]));
      TransactionalMemory transactional = TransactionalMemory.open(memory, quicksilver);
      if (arguments.length > 3) {
        Transaction transaction = quicksilver.transaction(TransactionId.parse(arguments[3]));
        store(transactional.enlist(transaction), region, 77);
        System.out.println("enlisted");
        Awaitility.await().forever().until(() -> !memory.prepared().isEmpty());
        System.out.println("prepared");
        Thread.sleep(Long.MAX_VALUE);
      }
      Awaitility.await().until(() -> memory.prepared().isEmpty());
      System.out.println(region.getLong(8));
    }
  }

  @Test
  void killedBetweenVoteAndOutcomeItEndsAsWasDecided() throws Exception {
    assertEquals("77", afterKill(Vote.RECOVERABLE));
  }

  @Test
  void killedBetweenVoteAndAbortItIsRestored() throws Exception {
    assertEquals("0", afterKill(Vote.ABORT));
  }

  /** What a later life of the child finds, if this process votes like that after its death. */
  private String afterKill(Vote vote) throws Exception {
    Path log = directory.resolve("childs");
    create(log).close();
    Transaction transaction = quicksilver.begin();
    CountDownLatch dead = new CountDownLatch(1);
    transaction.enlist(
        new Participant() {
          @Override
          public Vote vote(TransactionId id) throws InterruptedException {
            dead.await();
            return vote;
          }
        },
        TWO_PHASE,
        FAIL);
    Process child = child(log, transaction.id().toString());
    CompletableFuture<Void> commit;
    try (BufferedReader out = reader(child)) {
      assertEquals("enlisted", out.readLine());
      commit = transaction.commitAsync();
      assertEquals("prepared", out.readLine());
    } finally {
      child.destroyForcibly().waitFor();
    }
    dead.countDown();
    assertEquals(vote == Vote.ABORT, isAborted(commit));
    Process later = child(log);
    try (BufferedReader out = reader(later)) {
      return out.readLine();
    } finally {
      later.destroyForcibly().waitFor();
    }
  }

  private static boolean isAborted(CompletableFuture<Void> commit) throws InterruptedException {
    try {
      commit.get();
      return false;
    } catch (ExecutionException e) {
      return e.getCause() instanceof TransactionAbortedException;
    }
  }

  private Process child(Path log, String... more) throws IOException {
    String[] arguments = new String[3 + more.length];
    arguments[0] = home.toString();
    arguments[1] = log.toString();
    arguments[2] = engine().name();
    System.arraycopy(more, 0, arguments, 3, more.length);
    return new ProcessBuilder(JavaProcess.command(Child.class, arguments))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(new InputStreamReader(process.getInputStream()));
  }
}
