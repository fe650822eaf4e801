package org.quicksilver.memory.vista;

import java.nio.file.Path;
import java.util.Random;
import org.quicksilver.memory.CommitMode;
import org.quicksilver.memory.MemoryTransaction;
import org.quicksilver.memory.Region;
import org.quicksilver.memory.RegionOptions;
import org.quicksilver.memory.RestoreMode;
import org.quicksilver.memory.SegmentRange;

/**
 * A process that makes transactions until it is killed, and says of each one on standard output
 * that it is committed. Arguments: directory, seed. What the transaction of a number does follows
 * from the number.
 */
final class Doomed implements Runnable {

  static final int THREADS = 2;
  static final int TERRITORY = 64 * 1024;
  private static final int RANGES = 4;
  private static final int LONGEST = 3000;

  private final Vista memory;
  private final Region region;
  private final int thread;
  private final long seed;

  private Doomed(Vista memory, Region region, int thread, long seed) {
    this.memory = memory;
    this.region = region;
    this.thread = thread;
    this.seed = seed;
  }

  public static void main(String[] arguments) {
    Path directory = Path.of(arguments[0]);
    Vista memory = Vista.initialize(VistaOptions.of(directory.resolve("log")));
    Region region = map(memory, directory);
    for (int thread = 0; thread < THREADS; thread++) {
      new Thread(new Doomed(memory, region, thread, Long.parseLong(arguments[1]))).start();
    }
  }

  static Region map(Vista memory, Path directory) {
    SegmentRange range = new SegmentRange(directory.resolve("segment"), 0, THREADS * TERRITORY);
    return memory.map(range, RegionOptions.creating());
  }

  @Override
  public void run() {
    long base = (long) thread * TERRITORY;
    for (long number = region.getLong(base) + 1; ; number++) {
      if (number % 3 == 0) {
        MemoryTransaction aborted = changed(base, -number);
        aborted.abortTransaction();
      }
      MemoryTransaction transaction = changed(base, number);
      transaction.setRange(region, base, Long.BYTES);
      region.putLong(base, number);
      transaction.endTransaction(CommitMode.OS_BUFFERED);
      System.out.println(thread + " " + number);
    }
  }

  private MemoryTransaction changed(long base, long number) {
    MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE);
    forEachRange(
        seed,
        thread,
        number,
        (offset, bytes) -> {
          transaction.setRange(region, base + offset, bytes.length);
          region.put(base + offset, bytes);
        });
    return transaction;
  }

  /** One change of a transaction. */
  interface Change {
    void make(int offset, byte[] bytes);
  }

  static void forEachRange(long seed, int thread, long number, Change change) {
    Random random = new Random(seed ^ number * 31 + thread);
    for (int i = 0; i < RANGES; i++) {
      byte[] bytes = new byte[1 + random.nextInt(random.nextInt(8) == 0 ? LONGEST : 64)];
      random.nextBytes(bytes);
      change.make(8 + random.nextInt(TERRITORY - 8 - bytes.length), bytes);
    }
  }
}
