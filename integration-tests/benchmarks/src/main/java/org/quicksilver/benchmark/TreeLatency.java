package org.quicksilver.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.quicksilver.Participant;
import org.quicksilver.Quicksilver;
import org.quicksilver.Transaction;
import org.quicksilver.transaction.DeathEffect;
import org.quicksilver.transaction.ParticipationClass;
import org.quicksilver.transaction.TransactionId;

/**
 * From begin to ended of a transaction over three nodes on loopback, each a process of its own: the
 * owner at the root, a one-phase participant below each of the two others. Ended is when the owner
 * knows the outcome and both participants have been told.
 */
final class TreeLatency implements AutoCloseable {

  private static final int NODES = 3;

  private final List<Process> nodes = new ArrayList<>();
  private final List<Quicksilver> programs = new ArrayList<>();

  /**
   * Starts the nodes and waits until a first transaction spans them.
   *
   * @param jar quicksilver.jar
   * @param directory for the nodes' homes
   */
  TreeLatency(Path jar, Path directory) throws IOException {
    List<String> homes = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      Path home = directory.resolve("node" + i);
      nodes.add(startNode(jar, home, String.join(";", homes)));
      homes.add(home.toString());
      programs.add(Quicksilver.open(home));
    }
    while (!isLinked()) {
      Thread.onSpinWait();
    }
  }

  private static Process startNode(Path jar, Path home, String peers) throws IOException {
    return Java.node(jar, home, Map.of("QUICKSILVER_PEERS", peers, "QUICKSILVER_LINGER", "0"));
  }

  private boolean isLinked() {
    try {
      transaction().join();
      return true;
    } catch (CompletionException e) {
      return false;
    }
  }

  /** Told once. */
  private static final class Told implements Participant {
    private final CompletableFuture<Void> told = new CompletableFuture<>();

    @Override
    public void committed(TransactionId transaction) {
      told.complete(null);
    }

    @Override
    public void aborted(TransactionId transaction) {
      told.complete(null);
    }
  }

  /** Completed when it has ended everywhere. */
  private CompletableFuture<Void> transaction() {
    Transaction root = programs.get(0).begin();
    Told left = new Told();
    Told right = new Told();
    return enlist(programs.get(1), root, left)
        .thenCombine(enlist(programs.get(2), root, right), (one, other) -> root)
        .thenCompose(Transaction::commitAsync)
        .thenCombine(left.told, (decided, told) -> told)
        .thenCombine(right.told, (before, told) -> told);
  }

  private static CompletableFuture<Integer> enlist(
      Quicksilver program, Transaction root, Participant participant) {
    return program
        .tagged(root.tag())
        .enlistAsync(participant, ParticipationClass.ONE_PHASE_STANDARD, DeathEffect.TERMINATE);
  }

  /** Microseconds, one for each transaction, after as many to warm up. */
  List<Double> measure(int transactions) {
    List<Double> micros = new ArrayList<>();
    for (int i = 0; i < 2 * transactions; i++) {
      long start = System.nanoTime();
      transaction().join();
      if (i >= transactions) {
        micros.add((System.nanoTime() - start) / 1e3);
      }
    }
    return micros;
  }

  /** Stops the nodes. */
  @Override
  public void close() {
    for (Quicksilver program : programs) {
      try {
        program.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    nodes.forEach(Process::destroyForcibly);
  }
}
