package org.quicksilver.benchmark.memory;

import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Something that commits four ranges, or records, of 64 bytes at a time. A new engine is one more
 * of these in {@link MemoryFigures}.
 */
interface Contender extends AutoCloseable {

  int RANGES = 4;
  int LENGTH = 64;

  /** Ranges to choose from: one MiB of them. */
  int SLOTS = (1 << 20) / LENGTH;

  /** Makes one, in a directory of its own. */
  interface Maker {
    Contender make(Path directory) throws Exception;
  }

  /** One transaction; by many threads at once if it is measured with many. */
  void commit() throws Exception;

  @Override
  void close() throws Exception;

  /** One of the slots. */
  static int slot() {
    return ThreadLocalRandom.current().nextInt(SLOTS);
  }
}
