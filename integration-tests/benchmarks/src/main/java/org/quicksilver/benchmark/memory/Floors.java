package org.quicksilver.benchmark.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What the machine itself needs: nobody is faster. */
final class Floors {

  /** As large as LRVM's record of four ranges of 64 bytes. */
  private static final int RECORD = 56 + Contender.RANGES * (32 + Contender.LENGTH) + 32;

  private static final long FILE = 64L << 20;

  private Floors() {}

  private static FileChannel file(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve("floor"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 20);
    for (long at = 0; at < FILE; at += zeros.capacity()) {
      channel.write(zeros.clear(), at);
    }
    channel.force(true);
    return channel;
  }

  /** Appends a record and forces it, or does not. */
  static Contender append(Path directory, boolean force) throws IOException {
    FileChannel channel = file(directory);
    ByteBuffer record = ByteBuffer.allocateDirect(RECORD);
    return new Contender() {
      private long at;

      @Override
      public void commit() throws IOException {
        channel.write(record.clear(), at);
        if (force) {
          channel.force(false);
        }
        at = (at + RECORD) % (FILE - RECORD);
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }

  /** Copies the ranges into a mapped file. */
  static Contender copy(Path directory) throws IOException {
    FileChannel channel = file(directory);
    MappedByteBuffer memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, 1 << 20);
    byte[] bytes = new byte[Contender.LENGTH];
    return new Contender() {
      @Override
      public void commit() {
        for (int i = 0; i < RANGES; i++) {
          memory.put(Contender.slot() * LENGTH, bytes);
        }
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }
}
