package org.quicksilver.benchmark.memory;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.quicksilver.memory.CommitMode;
import org.quicksilver.memory.MemoryOptions;
import org.quicksilver.memory.MemoryTransaction;
import org.quicksilver.memory.RecoverableMemory;
import org.quicksilver.memory.Region;
import org.quicksilver.memory.RegionOptions;
import org.quicksilver.memory.RestoreMode;
import org.quicksilver.memory.SegmentRange;
import org.quicksilver.memory.lrvm.Lrvm;
import org.quicksilver.memory.lrvm.LrvmOptions;
import org.quicksilver.memory.vista.Vista;
import org.quicksilver.memory.vista.VistaOptions;

/** An engine of ours: begin, four times declare a range and store into it, commit. */
final class MemoryContender implements Contender {

  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");
  private static final long UNDO_LOG = 1 << 20;

  private final RecoverableMemory memory;
  private final Region region;
  private final CommitMode mode;
  private final long stride;
  private final byte[] bytes = new byte[LENGTH];

  private MemoryContender(RecoverableMemory memory, Path directory, CommitMode mode, long size)
      throws IOException {
    Path segment = directory.resolve("segment");
    try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
      file.setLength(size);
    }
    this.memory = memory;
    this.region = memory.map(new SegmentRange(segment, 0, size), RegionOptions.defaults());
    this.mode = mode;
    this.stride = Contender.stride(size);
    touch();
    memory.flush();
    touch();
  }

  /** What is measured is commits, not page faults, nor looking for room on the disk. */
  private void touch() {
    for (long slot = 0; slot < SLOTS; slot++) {
      region.put(slot * stride, (byte) 0);
      region.put(slot * stride + LENGTH - 1, (byte) 0);
    }
  }

  /** LRVM with a log and a region of such sizes; the slots are spread over all of the region. */
  static Maker lrvm(CommitMode mode, long log, long size) {
    return directory -> lrvm(directory, mode, log, size, 0.5);
  }

  static MemoryContender lrvm(
      Path directory, CommitMode mode, long log, long size, double threshold) throws IOException {
    LrvmOptions options =
        LrvmOptions.of(directory.resolve("log"))
            .with(MemoryOptions.defaults().withTruncationThreshold(threshold));
    Lrvm.createLog(options, log, OWNER);
    return new MemoryContender(Lrvm.initialize(options), directory, mode, size);
  }

  /** Vista with a region of such a size. */
  static Maker vista(long size) {
    return directory -> {
      VistaOptions options = VistaOptions.of(directory.resolve("log"));
      Vista.createLog(options, UNDO_LOG, OWNER);
      return new MemoryContender(Vista.initialize(options), directory, CommitMode.FLUSH, size);
    };
  }

  RecoverableMemory memory() {
    return memory;
  }

  @Override
  public void commit() {
    MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE);
    int any = Contender.any();
    for (int i = 0; i < RANGES; i++) {
      long offset = Contender.slot(any, i) * stride;
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
