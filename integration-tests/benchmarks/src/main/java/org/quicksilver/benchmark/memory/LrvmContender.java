package org.quicksilver.benchmark.memory;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.quicksilver.memory.CommitMode;
import org.quicksilver.memory.MemoryOptions;
import org.quicksilver.memory.MemoryTransaction;
import org.quicksilver.memory.Region;
import org.quicksilver.memory.RegionOptions;
import org.quicksilver.memory.RestoreMode;
import org.quicksilver.memory.SegmentRange;
import org.quicksilver.memory.lrvm.Lrvm;
import org.quicksilver.memory.lrvm.LrvmOptions;

/** LRVM: sets the ranges, stores into them, commits. */
final class LrvmContender implements Contender {

  private final Lrvm memory;
  private final Region region;
  private final CommitMode mode;
  private final long stride;
  private final byte[] bytes = new byte[LENGTH];

  /**
   * Opened.
   *
   * @param size of the region; the slots are spread over all of it
   */
  LrvmContender(Path directory, CommitMode mode, long logLength, long size, double threshold)
      throws IOException {
    LrvmOptions options =
        LrvmOptions.of(directory.resolve("log"))
            .with(MemoryOptions.defaults().withTruncationThreshold(threshold));
    Lrvm.createLog(options, logLength, PosixFilePermissions.fromString("rw-------"));
    Path segment = directory.resolve("segment");
    try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
      file.setLength(size);
    }
    this.memory = Lrvm.initialize(options);
    this.region = memory.map(new SegmentRange(segment, 0, size), RegionOptions.defaults());
    this.mode = mode;
    // No power of two: all slots would fall into the same sets of the processor's caches.
    this.stride = size / SLOTS > LENGTH ? size / SLOTS - LENGTH : LENGTH;
    for (long slot = 0; slot < SLOTS; slot++) {
      // What is measured is commits, not page faults.
      region.put(slot * stride, (byte) 0);
    }
  }

  /** With a log that is large enough for a run, and a region of one MiB. */
  static Maker of(CommitMode mode) {
    return directory -> new LrvmContender(directory, mode, 256L << 20, 1 << 20, 0.5);
  }

  Lrvm memory() {
    return memory;
  }

  @Override
  public void commit() {
    MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE);
    for (int i = 0; i < RANGES; i++) {
      long offset = Contender.slot() * stride;
      transaction.setRange(region, offset, LENGTH);
      region.put(offset, bytes);
    }
    transaction.endTransaction(mode);
  }

  @Override
  public void close() {
    memory.close();
  }
}
