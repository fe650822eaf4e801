package org.quicksilver.benchmark.memory;

import java.nio.file.Path;
import org.quicksilver.memory.CommitMode;
import org.quicksilver.memory.MemoryTransaction;
import org.quicksilver.memory.RecoverableMemory;
import org.quicksilver.memory.Region;
import org.quicksilver.memory.RegionOptions;
import org.quicksilver.memory.RestoreMode;
import org.quicksilver.memory.SegmentRange;

/** An engine of ours: begin, four times {@code setRange} and a write, commit. */
final class MemoryContestant implements Contestant {

  private final RecoverableMemory memory;
  private final Region region;
  private final CommitMode mode;
  private final long distance;
  private final byte[] bytes = new byte[LENGTH];

  MemoryContestant(RecoverableMemory memory, Path segment, long size, CommitMode mode) {
    this.memory = memory;
    this.region = memory.map(new SegmentRange(segment, 0, size), RegionOptions.creating());
    this.mode = mode;
    this.distance = size / PLACES;
  }

  @Override
  public void transaction(long number) {
    bytes[0] = (byte) number;
    MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE);
    for (int i = 0; i < RANGES; i++) {
      long offset = Contestant.place(number, i) * distance;
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
