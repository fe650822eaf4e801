package org.quicksilver.handle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class BreadcrumbConcurrencyTest {

  private static final int THREADS = 4;
  private static final int STEPS = 200_000;
  private static final int SLOTS = 24;

  @TempDir Path directory;

  /** The handles of one thread. */
  private static final class Owner implements Callable<Long> {
    private final BreadcrumbWriter writer;
    private final Random random;
    private final AtomicLong numbers;
    private final int first;
    private final Slot[] slots = new Slot[SLOTS];
    private final int[] generations = new int[SLOTS];
    private final long[] open = new long[SLOTS];
    private final int[] moves = new int[SLOTS];

    Owner(BreadcrumbWriter writer, long seed, AtomicLong numbers, int first) {
      this.writer = writer;
      this.random = new Random(seed);
      this.numbers = numbers;
      this.first = first;
    }

    /** Returns how many are open at the end. */
    @Override
    public Long call() {
      for (int step = 0; step < STEPS; step++) {
        step(random.nextInt(SLOTS));
      }
      return java.util.Arrays.stream(open).filter(number -> number != 0).count();
    }

    private void step(int i) {
      if (open[i] == 0) {
        open(i);
      } else if (random.nextInt(3) > 0 && moves[i] + 1 < Numbered.MOST_MOVES) {
        Numbered.move(writer, slots[i], generations[i], open[i], ++moves[i]);
      } else {
        close(i);
      }
    }

    private void open(int i) {
      slots[i] = i % 4 == 0 ? writer.takeSlot() : writer.slotOfDescriptor(first + i * 40);
      open[i] = numbers.incrementAndGet();
      generations[i] = Numbered.open(writer, slots[i], open[i]);
      moves[i] = 0;
      writer.close(slots[i], generations[i] - 1);
      if (open[i] % 5 == 0) {
        writer.stack(slots[i], generations[i], writer.intern(Numbered.stack(open[i])));
      }
    }

    private void close(int i) {
      writer.close(slots[i], generations[i]);
      if (i % 4 == 0) {
        writer.giveBack(slots[i]);
      }
      open[i] = 0;
    }
  }

  @Test
  void aReaderOfALivingFileSeesOnlyWholeRecords() {
    Seed.run(
        random -> {
          try (CrumbFile crumbs = new CrumbFile(directory)) {
            ExecutorService pool = Executors.newFixedThreadPool(THREADS);
            try {
              List<Future<Long>> owners = new ArrayList<>();
              AtomicLong numbers = new AtomicLong();
              for (int i = 0; i < THREADS; i++) {
                owners.add(
                    pool.submit(new Owner(crumbs.writer, random.nextLong(), numbers, i * 1000)));
              }
              long seen = readUntilDone(crumbs, owners);
              long open = 0;
              for (Future<Long> owner : owners) {
                open += owner.get();
              }
              assertTrue(seen > 0);
              List<HandleRecord> left = crumbs.read();
              left.forEach(Numbered::check);
              assertEquals(open, left.size());
            } finally {
              pool.shutdownNow();
            }
          }
        });
  }

  private static long readUntilDone(CrumbFile crumbs, List<Future<Long>> owners)
      throws IOException {
    long[] seen = {0};
    try (BreadcrumbReader reader = BreadcrumbReader.open(crumbs.path)) {
      while (!owners.stream().allMatch(Future::isDone)) {
        reader.forEach(
            record -> {
              Numbered.check(record);
              seen[0]++;
            });
      }
      assertEquals(0, reader.damaged());
    }
    return seen[0];
  }
}
