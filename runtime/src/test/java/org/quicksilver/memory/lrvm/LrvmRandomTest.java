package org.quicksilver.memory.lrvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.quicksilver.memory.CommitMode;
import org.quicksilver.memory.MemoryTransaction;
import org.quicksilver.memory.Region;
import org.quicksilver.memory.RegionOptions;
import org.quicksilver.memory.RestoreMode;
import org.quicksilver.memory.SegmentRange;

/** Random calls beside a plain array; and many threads at once. */
@Timeout(120)
class LrvmRandomTest {

  private static final long SEED = Long.getLong("quicksilver.seed", System.nanoTime());
  private static final int SIZE = 50_000;

  @TempDir Path directory;

  private final byte[] model = new byte[SIZE];
  private final Random random = new Random(SEED);
  private LrvmOptions options;
  private Lrvm memory;
  private Region region;

  private void open() {
    options = LrvmOptions.of(directory.resolve("log"));
    Lrvm.createLog(options, 400_000, LrvmCallsTest.MODE);
    memory = Lrvm.initialize(options);
    map();
  }

  private void map() {
    region =
        memory.map(
            new SegmentRange(directory.resolve("segment"), 0, SIZE), RegionOptions.creating());
  }

  @Test
  void memoryIsWhatAPlainArrayWouldBe() {
    open();
    for (int i = 0; i < 3_000; i++) {
      transaction();
      switch (random.nextInt(200)) {
        case 0 -> memory.truncate();
        case 1 -> memory.flush();
        case 2 -> remap();
        case 3 -> restart();
        case 4 -> memory.setOptions(region, region(random.nextBoolean()));
        case 5 ->
            memory.setOptions(memory.queryOptions().withMergeTransactions(random.nextBoolean()));
        default -> {}
      }
      if (i % 50 == 0) {
        assertSame();
      }
    }
    restart();
    assertSame();
    memory.close();
  }

  private static RegionOptions region(boolean merge) {
    return RegionOptions.creating().withMergeRanges(merge);
  }

  private void remap() {
    region.close();
    map();
  }

  private void restart() {
    memory.close();
    memory = Lrvm.initialize(options);
    map();
  }

  private void assertSame() {
    byte[] found = new byte[SIZE];
    region.get(0, found);
    assertArrayEquals(model, found, "seed " + SEED);
  }

  private void transaction() {
    MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE);
    byte[] before = model.clone();
    for (int i = random.nextInt(6); i > 0; i--) {
      int length = random.nextInt(random.nextInt(10) == 0 ? 5_000 : 100);
      int offset = random.nextInt(SIZE - length);
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      transaction.setRange(region, offset, length);
      region.put(offset, bytes);
      System.arraycopy(bytes, 0, model, offset, length);
    }
    if (random.nextInt(4) == 0) {
      transaction.abortTransaction();
      System.arraycopy(before, 0, model, 0, SIZE);
    } else {
      transaction.endTransaction(CommitMode.values()[random.nextInt(3)]);
    }
  }

  @Test
  void manyTransactionsAtOnceKeepTheirOwnBytes() throws Exception {
    open();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int number = i;
      threads.add(new Thread(() -> count(number)));
    }
    threads.forEach(Thread::start);
    for (int i = 0; i < 20; i++) {
      memory.truncate();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    restart();
    for (int i = 0; i < 8; i++) {
      for (int copy = 0; copy < 4; copy++) {
        assertEquals(1_500, region.getLong(i * 1_000 + copy * 100));
      }
    }
    memory.close();
  }

  private void count(int number) {
    for (int i = 1; i <= 1_500; i++) {
      try (MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE)) {
        for (int copy = 0; copy < 4; copy++) {
          long at = number * 1_000L + copy * 100;
          transaction.setRange(region, at, 8);
          region.putLong(at, i);
        }
        transaction.endTransaction(CommitMode.values()[i % 3]);
      }
    }
  }
}
