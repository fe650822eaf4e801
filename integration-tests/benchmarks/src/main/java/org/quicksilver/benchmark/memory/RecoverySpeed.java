package org.quicksilver.benchmark.memory;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.quicksilver.memory.CommitMode;
import org.quicksilver.memory.lrvm.Lrvm;
import org.quicksilver.memory.lrvm.LrvmOptions;

/**
 * How long a full log takes to recover, beside how long the same file takes to read.
 *
 * @param readMillis from the disk, past the file cache, 4 MiB at a time
 * @param cachedMillis from the file cache
 * @param recoverMillis of {@code initialize}, the log in the file cache
 * @param records in the log
 */
record RecoverySpeed(double readMillis, double cachedMillis, double recoverMillis, long records) {

  private static final int BLOCK = 4096;

  static RecoverySpeed measure(Path directory, long logLength) throws Exception {
    LrvmContender writing =
        new LrvmContender(directory, CommitMode.OS_BUFFERED, logLength, 64L << 20, 1);
    while (writing.memory().statistics().logUsed() < logLength - (2 << 20)) {
      for (int i = 0; i < 1000; i++) {
        writing.commit();
      }
    }
    writing.close();
    Path log = directory.resolve("log");
    double read = read(log, StandardOpenOption.READ, ExtendedOpenOption.DIRECT);
    read(log, StandardOpenOption.READ);
    double cached = read(log, StandardOpenOption.READ);
    long began = System.nanoTime();
    try (Lrvm memory = Lrvm.initialize(LrvmOptions.of(log))) {
      double recover = (System.nanoTime() - began) / 1e6;
      return new RecoverySpeed(read, cached, recover, memory.statistics().recoveredTransactions());
    }
  }

  private static double read(Path log, OpenOption... options) throws IOException {
    long began = System.nanoTime();
    ByteBuffer buffer = ByteBuffer.allocateDirect((4 << 20) + BLOCK).alignedSlice(BLOCK);
    try (FileChannel channel = FileChannel.open(log, options)) {
      while (channel.read(buffer.clear().limit(4 << 20)) > 0) {
        // Only read.
      }
    }
    return (System.nanoTime() - began) / 1e6;
  }
}
