package org.quicksilver.handle;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A part of a file by way of a memory segment, which there is since Java 22. */
final class SegmentMapping {

  private SegmentMapping() {}

  /** Unmapped when nobody holds the buffer any more. */
  static ByteBuffer map(FileChannel channel, long position, int size) throws IOException {
    return channel
        .map(FileChannel.MapMode.READ_WRITE, position, size, Arena.ofAuto())
        .asByteBuffer();
  }
}
