package org.quicksilver.benchmark.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Runs a contender for a slice of time, and keeps what each slice gave. */
final class Slices {

  private final Contender contender;
  private final int threads;
  private final List<Double> nanos = new ArrayList<>();

  Slices(Contender contender, int threads) {
    this.contender = contender;
    this.threads = threads;
  }

  /** Runs, and forgets it. */
  void warmUp(int millis) throws Exception {
    run(millis);
    nanos.clear();
  }

  /** Runs for so long; a commit of many threads takes the time divided by the commits of all. */
  void run(int millis) throws Exception {
    long began = System.nanoTime();
    long end = began + millis * 1_000_000L;
    List<CompletableFuture<Long>> runs = new ArrayList<>();
    for (int i = 1; i < threads; i++) {
      CompletableFuture<Long> run = new CompletableFuture<>();
      runs.add(run);
      new Thread(() -> complete(run, end)).start();
    }
    long commits = loop(end);
    for (CompletableFuture<Long> run : runs) {
      commits += run.get();
    }
    nanos.add((System.nanoTime() - began) / (double) commits);
  }

  private void complete(CompletableFuture<Long> run, long end) {
    try {
      run.complete(loop(end));
    } catch (Exception | Error e) {
      run.completeExceptionally(e);
    }
  }

  private long loop(long end) throws Exception {
    long commits = 0;
    do {
      contender.commit();
      commits++;
    } while (System.nanoTime() < end);
    return commits;
  }

  /** Nanoseconds for one commit, slice by slice. */
  List<Double> nanos() {
    return nanos;
  }

  double median() {
    return nanos.stream().sorted().skip(nanos.size() / 2).findFirst().orElse(Double.NaN);
  }

  void close() throws Exception {
    contender.close();
  }
}
