package org.quicksilver.benchmark.memory;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What the machine itself needs: nobody is faster. */
final class Floors {

  /** As large as LRVM's record of four ranges of 64 bytes. */
  private static final int RECORD = 56 + Contender.RANGES * (32 + Contender.LENGTH) + 32;

  private static final long FILE = 64L << 20;

  private static final long PIECE = 1 << 30;

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

  /** Copies the ranges into a mapped file of that size, with holes. */
  static Contender copy(Path directory, long size) throws IOException {
    MappedByteBuffer[] memory = new MappedByteBuffer[(int) ((size + PIECE - 1) / PIECE)];
    try (RandomAccessFile file = new RandomAccessFile(directory.resolve("copy").toFile(), "rw")) {
      file.setLength(size);
      for (int i = 0; i < memory.length; i++) {
        long length = Math.min(PIECE, size - i * PIECE);
        memory[i] = file.getChannel().map(MapMode.READ_WRITE, i * PIECE, length);
      }
    }
    long stride = Contender.stride(size);
    byte[] bytes = new byte[Contender.LENGTH];
    touch(memory, stride, bytes);
    for (MappedByteBuffer each : memory) {
      each.force();
    }
    touch(memory, stride, bytes);
    return new Contender() {
      @Override
      public void commit() {
        int any = Contender.any();
        for (int i = 0; i < RANGES; i++) {
          copy(memory, Contender.slot(any, i) * stride, bytes);
        }
      }

      @Override
      public void close() {}
    };
  }

  private static void touch(MappedByteBuffer[] memory, long stride, byte[] bytes) {
    for (long slot = 0; slot < Contender.SLOTS; slot++) {
      copy(memory, slot * stride, bytes);
    }
  }

  private static void copy(MappedByteBuffer[] memory, long offset, byte[] bytes) {
    int room = (int) Math.min(bytes.length, PIECE - offset % PIECE);
    memory[(int) (offset / PIECE)].put((int) (offset % PIECE), bytes, 0, room);
  }
}
