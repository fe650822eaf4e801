package org.quicksilver.benchmark.memory;

import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/** Something that commits four ranges, or records, of 64 bytes at a time. */
interface Contender extends AutoCloseable {

  int RANGES = 4;
  int LENGTH = 64;

  /** Ranges to choose from: as many pages as a processor knows without looking them up. */
  int SLOTS = 1024;

  /** Makes one, in a directory of its own. */
  interface Maker {
    Contender make(Path directory) throws Exception;
  }

  /** One transaction; by many threads at once if it is measured with many. */
  void commit() throws Exception;

  @Override
  void close() throws Exception;

  /** Where a transaction begins: once for each, for to draw lots costs as much as a short copy. */
  static int any() {
    return ThreadLocalRandom.current().nextInt(SLOTS);
  }

  /** The n-th slot of a transaction; they are not beside one another. */
  static int slot(int any, int n) {
    return any + n * 261 & SLOTS - 1;
  }

  /**
   * How far apart the slots lie in a region of that size. No power of two: all would fall into the
   * same sets of the processor's caches.
   */
  static long stride(long size) {
    return size / SLOTS - LENGTH;
  }
}
