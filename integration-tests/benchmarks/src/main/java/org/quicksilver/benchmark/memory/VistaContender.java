package org.quicksilver.benchmark.memory;

import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.quicksilver.memory.CommitMode;
import org.quicksilver.memory.MemoryTransaction;
import org.quicksilver.memory.Region;
import org.quicksilver.memory.RegionOptions;
import org.quicksilver.memory.RestoreMode;
import org.quicksilver.memory.SegmentRange;
import org.quicksilver.memory.vista.Vista;
import org.quicksilver.memory.vista.VistaOptions;

/** Vista: sets the ranges, stores into them, commits. {@link VistaFigures} gives it a JVM alone. */
final class VistaContender implements Contender {

  private static final long LOG = 1 << 20;
  private static final long SIZE = 1 << 20;

  private final Vista memory;
  private final Region region;
  private final byte[] bytes = new byte[LENGTH];

  VistaContender(Path directory) {
    VistaOptions options = VistaOptions.of(directory.resolve("log"));
    Vista.createLog(options, LOG, PosixFilePermissions.fromString("rw-------"));
    memory = Vista.initialize(options);
    SegmentRange range = new SegmentRange(directory.resolve("segment"), 0, SIZE);
    region = memory.map(range, RegionOptions.creating());
  }

  @Override
  public void commit() {
    MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE);
    for (int i = 0; i < RANGES; i++) {
      long offset = (long) Contender.slot() * LENGTH;
      transaction.setRange(region, offset, LENGTH);
      region.put(offset, bytes);
    }
    transaction.endTransaction(CommitMode.FLUSH);
  }

  @Override
  public void close() {
    memory.close();
  }
}
