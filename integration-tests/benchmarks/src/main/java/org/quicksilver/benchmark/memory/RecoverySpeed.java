package org.quicksilver.benchmark.memory;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.quicksilver.memory.CommitMode;
import org.quicksilver.memory.MemoryStatistics;
import org.quicksilver.memory.lrvm.Lrvm;
import org.quicksilver.memory.lrvm.LrvmOptions;

/**
 * How long a full log takes to recover, beside how long the same file takes to read: both from the
 * disk, as after a power failure.
 *
 * @param readMillis of the file, 4 MiB at a time
 * @param recoverMillis of {@code initialize}
 * @param records in the log
 */
record RecoverySpeed(double readMillis, double recoverMillis, long records) {

  private static final long REGION = 64L << 20;

  /** Most that is left free: a commit must find room. */
  private static final long REST = 2 << 20;

  static RecoverySpeed measure(Path directory, long length) throws Exception {
    fill(directory, length);
    Path log = directory.resolve("log");
    Path segment = directory.resolve("segment");
    forget(log, segment);
    double read = read(log);
    forget(log, segment);
    long began = System.nanoTime();
    try (Lrvm memory = Lrvm.initialize(LrvmOptions.of(log))) {
      double recover = (System.nanoTime() - began) / 1e6;
      return new RecoverySpeed(read, recover, memory.statistics().recoveredTransactions());
    }
  }

  private static void fill(Path directory, long length) throws Exception {
    try (MemoryContender writing =
        MemoryContender.lrvm(directory, CommitMode.OS_BUFFERED, length, REGION, 1)) {
      MemoryStatistics before = writing.memory().statistics();
      while (writing.memory().statistics().logUsed() < length - REST) {
        for (int i = 0; i < 1000; i++) {
          writing.commit();
        }
      }
      if (writing.memory().statistics().truncations() > before.truncations()) {
        throw new IllegalStateException("the log was truncated while it was filled");
      }
    }
  }

  /** Has the kernel write it and drop it from its cache; Java has no call for that. */
  private static void forget(Path... files) throws IOException, InterruptedException {
    for (Path file : files) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      int exit =
          new ProcessBuilder("dd", "if=" + file, "iflag=nocache", "count=0")
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start()
              .waitFor();
      if (exit != 0) {
        throw new IOException("dd of " + file + " ended with " + exit);
      }
    }
  }

  private static double read(Path log) throws IOException {
    long began = System.nanoTime();
    ByteBuffer buffer = ByteBuffer.allocateDirect(4 << 20);
    try (FileChannel channel = FileChannel.open(log)) {
      while (channel.read(buffer.clear()) > 0) {
        // Only read.
      }
    }
    return (System.nanoTime() - began) / 1e6;
  }
}
