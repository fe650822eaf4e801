package org.quicksilver.memory.lrvm;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads a log forwards, from its head up to the first record that does not check. */
final class LogScan {

  /** Is shown every record. */
  interface Visitor {
    /** A record that checks; the window may be moved. */
    void visit(RecordHeader header, LogWindow window) throws IOException;
  }

  /** Is shown every range of a record. */
  interface RangeVisitor {
    /** A range; its bytes follow its header, which is at {@code lsn}. */
    void visit(int segment, long offset, long length, long lsn) throws IOException;
  }

  private final LogHeader log;
  private final LogWindow window;
  private final RecordHeader header = new RecordHeader();

  LogScan(LogArea area, LogHeader log) {
    this.log = log;
    this.window = new LogWindow(area, log.head(), log.head() + log.capacity());
  }

  /** The LSN of the tail. */
  long run(Visitor visitor) throws IOException {
    long at = log.head();
    while (isRecord(at)) {
      at = header.end();
      visitor.visit(header, window);
    }
    return at;
  }

  /** Shows one record, which checks. */
  void read(long at, Visitor visitor) throws IOException {
    if (!isRecord(at)) {
      throw new IOException("the record at " + at + " has changed since it was read");
    }
    visitor.visit(header, window);
  }

  private boolean isRecord(long at) throws IOException {
    return at + LogFormat.FRAME <= window.high()
        && header.read(window, window.forwards(at, LogFormat.RECORD_HEADER))
        && header.lsn() == at
        && header.generation() == log.generation()
        && header.end() <= window.high()
        && isWhole(at, header.length());
  }

  private boolean isWhole(long at, long length) throws IOException {
    long summed = length - Integer.BYTES;
    int sum;
    if (length <= window.size()) {
      int start = window.forwards(at, (int) length);
      sum = window.sum(start, start + (int) summed);
    } else {
      sum = window.sum(at, summed);
    }
    int trailer = window.forwards(at + length - LogFormat.TRAILER, LogFormat.TRAILER);
    ByteBuffer bytes = window.bytes();
    return bytes.getInt(trailer + 28) == sum
        && bytes.getInt(trailer + 24) == LogFormat.TRAILER_MAGIC
        && bytes.getLong(trailer + 16) == at
        && bytes.getLong(trailer + 8) == length;
  }

  /** Shows the ranges of a record, first to last. */
  static void ranges(RecordHeader header, LogWindow window, RangeVisitor visitor)
      throws IOException {
    int count = header.ranges();
    long at = header.lsn() + LogFormat.RECORD_HEADER;
    for (int i = 0; i < count; i++) {
      int range = window.forwards(at, LogFormat.RANGE_HEADER);
      ByteBuffer bytes = window.bytes();
      long length = bytes.getLong(range + 16);
      visitor.visit(bytes.getInt(range), bytes.getLong(range + 8), length, at);
      at += LogFormat.rangeSize(length);
    }
  }
}
