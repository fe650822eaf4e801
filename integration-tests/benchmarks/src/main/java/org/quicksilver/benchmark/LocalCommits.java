package org.quicksilver.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.quicksilver.local.LocalManager;
import org.quicksilver.local.LocalParticipant;
import org.quicksilver.local.LocalTransaction;
import org.quicksilver.log.LogManager;
import org.quicksilver.transaction.NodeId;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.ParticipationClass;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.Vote;

/** Begin and commit with two participants that do nothing, on the real log. */
@State(Scope.Benchmark)
public class LocalCommits {

  /** How the participants vote. */
  @Param({"VOLATILE", "RECOVERABLE"})
  public Vote vote = Vote.VOLATILE;

  /** How many other transactions are live meanwhile. */
  @Param("0")
  public int live;

  private final LocalParticipant one = new Idle();
  private final LocalParticipant other = new Idle();
  private Path directory = Path.of(".");
  private @org.jspecify.annotations.Nullable LogManager log;
  private LocalManager manager = new LocalManager(new NodeId(1), 1);

  /** Made by the harness. */
  public LocalCommits() {}

  private final class Idle implements LocalParticipant {
    @Override
    public Vote vote(TransactionId tid) {
      return vote;
    }

    @Override
    public void ended(TransactionId tid, Outcome outcome) {}
  }

  /** Opens the log and begins those that stay. */
  @Setup(Level.Trial)
  public void open() throws IOException {
    directory = Files.createTempDirectory(Path.of("."), "log");
    LogManager opened = LogManager.open(directory);
    log = opened;
    manager = LocalManager.on(opened, new NodeId(1), 1);
    for (int i = 0; i < live; i++) {
      begin();
    }
  }

  private LocalTransaction begin() {
    LocalTransaction transaction = manager.begin();
    transaction.join(1, ParticipationClass.TWO_PHASE, one);
    transaction.join(2, ParticipationClass.TWO_PHASE, other);
    return transaction;
  }

  /** One transaction. */
  @Benchmark
  public Outcome commit() {
    return begin().commit();
  }

  /** Gives the log back. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    Objects.requireNonNull(log).close();
    Directories.delete(directory);
  }
}
