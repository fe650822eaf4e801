package org.quicksilver.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.quicksilver.log.LogStorage.SegmentFile;

/**
 * A segment, read into memory.
 *
 * @param number the number its name says
 * @param name as messages name it
 * @param bytes its content, as large as it was made; what the file lacks is zero
 * @param length bytes of the file
 * @param sound whether its header is as it was written
 */
record SegmentImage(long number, String name, ByteBuffer bytes, long length, boolean sound) {

  static SegmentImage load(LogStorage storage, long number) throws IOException {
    try (SegmentFile file = storage.open(number)) {
      return load(file, number);
    }
  }

  static SegmentImage load(SegmentFile file, long number) throws IOException {
    long length = file.size();
    ByteBuffer header = ByteBuffer.allocate(SegmentHeader.LENGTH);
    file.read(header, 0);
    int size =
        SegmentHeader.read(header.clear())
            .filter(read -> read.number() == number)
            .map(SegmentHeader::size)
            .orElse(0);
    ByteBuffer bytes = ByteBuffer.allocate(size);
    file.read(bytes, 0);
    return new SegmentImage(number, file.name(), bytes.clear(), length, size > 0);
  }

  int size() {
    return bytes.capacity();
  }

  boolean isZero(int from, int to) {
    int at = from;
    for (; at < to && at % Long.BYTES != 0; at++) {
      if (bytes.get(at) != 0) {
        return false;
      }
    }
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      if (bytes.getLong(at) != 0) {
        return false;
      }
    }
    for (; at < to; at++) {
      if (bytes.get(at) != 0) {
        return false;
      }
    }
    return true;
  }

  LogProblem damage(long offset, String what) {
    return new LogProblem(LogProblem.Kind.DAMAGE, name, offset, what);
  }
}
