package org.quicksilver.memory.vista;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.quicksilver.memory.CommitMode;
import org.quicksilver.memory.MemoryTransaction;
import org.quicksilver.memory.Region;
import org.quicksilver.memory.RegionInUseException;
import org.quicksilver.memory.RegionOptions;
import org.quicksilver.memory.RestoreMode;
import org.quicksilver.memory.SegmentRange;

/** Many transactions at once, and large regions. */
@Timeout(120)
final class VistaThreadsTest {

  private static final int THREADS = 16;
  private static final int TERRITORY = 8192;
  private static final int TRANSACTIONS = 5000;

  @TempDir private Path directory;

  private Vista open() {
    Vista.createLog(
        VistaOptions.of(directory.resolve("log")),
        1 << 20,
        PosixFilePermissions.fromString("rw-------"));
    return Vista.initialize(VistaOptions.of(directory.resolve("log")));
  }

  private Region map(Vista memory, long offset, long length) {
    return memory.map(
        new SegmentRange(directory.resolve("segment"), offset, length), RegionOptions.creating());
  }

  @Test
  void sixteenThreadsHaveTransactionsOfTheirOwn() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (Vista memory = open()) {
      Region region = map(memory, 0, THREADS * TERRITORY);
      Set<Long> ids = ConcurrentHashMap.newKeySet();
      List<Callable<Integer>> work = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        long base = (long) thread * TERRITORY;
        work.add(() -> work(memory, region, base, ids));
      }
      int committed = 0;
      for (Future<Integer> each : threads.invokeAll(work)) {
        committed += each.get();
      }
      assertEquals(THREADS * TRANSACTIONS, ids.size());
      assertEquals(committed, memory.statistics().committed());
      assertEquals(THREADS * TRANSACTIONS - committed, memory.statistics().aborted());
      assertEquals(0, memory.statistics().logUsed());
    } finally {
      threads.shutdownNow();
    }
  }

  private static int work(Vista memory, Region region, long base, Set<Long> ids) {
    Random random = new Random(base);
    int committed = 0;
    for (int i = 0; i < TRANSACTIONS; i++) {
      MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE);
      ids.add(transaction.id());
      long offset = base + 8 + random.nextInt(TERRITORY - 16);
      long before = region.getLong(offset);
      transaction.setRange(region, base, 8);
      transaction.setRange(region, offset, 8);
      region.putLong(offset, random.nextLong());
      region.putLong(base, committed + 1L);
      if (random.nextBoolean()) {
        transaction.endTransaction(CommitMode.NO_FLUSH);
        committed++;
      } else {
        transaction.abortTransaction();
        assertEquals(before, region.getLong(offset), "territory " + base + ", " + i);
      }
    }
    assertEquals(committed, region.getLong(base));
    return committed;
  }

  @Test
  void unmapNeverTakesARegionFromATransactionThatHasRangesInIt() throws Exception {
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (Vista memory = open()) {
      Region other = map(memory, 1 << 20, 64);
      Future<Integer> done = threads.submit(() -> enterAndLeave(memory, other));
      int refused = 0;
      while (!done.isDone()) {
        Region region = map(memory, 0, 64);
        MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE);
        transaction.setRange(region, 0, 1);
        try {
          memory.unmap(region);
        } catch (RegionInUseException e) {
          refused++;
        }
        transaction.abortTransaction();
        memory.unmap(region);
      }
      assertEquals(TRANSACTIONS, done.get());
      assertTrue(refused > 0);
    } finally {
      threads.shutdownNow();
    }
  }

  private static int enterAndLeave(Vista memory, Region region) {
    for (int i = 0; i < TRANSACTIONS; i++) {
      MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE);
      transaction.setRange(region, 0, 8);
      region.putLong(0, i);
      transaction.endTransaction(CommitMode.FLUSH);
    }
    return TRANSACTIONS;
  }

  /** Three GiB of zeros are written for it. */
  @Test
  @EnabledIfSystemProperty(named = "quicksilver.memory.large", matches = "true")
  void regionOfThreeGibibytesIsOneMemory() {
    long length = 3L << 30;
    long[] places = {0, (1L << 30) - 4, (2L << 30) - 4, Integer.MAX_VALUE + 100L, length - 8};
    try (Vista memory = open()) {
      Region region = map(memory, 0, length);
      for (long place : places) {
        try (MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE)) {
          transaction.setRange(region, place, 8);
          region.putLong(place, ~place);
        }
        assertEquals(0, region.getLong(place));
        MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE);
        transaction.setRange(region, place, 8);
        region.putLong(place, ~place);
        transaction.endTransaction(CommitMode.FLUSH);
      }
      memory.unmap(region);
      Region last = map(memory, length - 8, 8);
      assertEquals(~(length - 8), last.getLong(0));
    }
  }
}
