package org.quicksilver.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Copies a file without filling its holes: blocks of zeros are skipped. */
final class SparseCopy {

  private static final int BLOCK = 64 * 1024;

  private SparseCopy() {}

  /** Copies the content over that of an existing, empty file. */
  static void copy(Path from, Path to) throws IOException {
    ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
    ByteBuffer zeros = ByteBuffer.allocateDirect(BLOCK);
    try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
        FileChannel out = FileChannel.open(to, StandardOpenOption.WRITE)) {
      long size = in.size();
      for (long at = 0; at < size; at += BLOCK) {
        fill(block.clear(), in, at);
        if (!block.flip().equals(zeros.slice(0, block.limit()))) {
          write(block, out, at);
        }
      }
      if (size > 0 && out.size() < size) {
        out.write(ByteBuffer.allocate(1), size - 1);
      }
    }
  }

  private static void fill(ByteBuffer block, FileChannel in, long at) throws IOException {
    while (block.hasRemaining() && in.read(block, at + block.position()) >= 0) {}
  }

  private static void write(ByteBuffer block, FileChannel out, long at) throws IOException {
    while (block.hasRemaining()) {
      out.write(block, at + block.position());
    }
  }
}
