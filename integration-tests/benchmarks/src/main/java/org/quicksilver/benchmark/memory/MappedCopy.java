package org.quicksilver.benchmark.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The floor: the same bytes into a mapped file, and nothing else. */
final class MappedCopy implements Contestant {

  private static final int SIZE = 1 << 20;

  private final ByteBuffer memory;
  private final byte[] bytes = new byte[LENGTH];

  MappedCopy(Path directory) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            directory.resolve("copy"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(SIZE), 0);
      memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE);
    }
  }

  @Override
  public void transaction(long number) {
    bytes[0] = (byte) number;
    for (int i = 0; i < RANGES; i++) {
      memory.put(Contestant.place(number, i) * (SIZE / PLACES), bytes);
    }
  }

  @Override
  public void close() {}
}
