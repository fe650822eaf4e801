package org.quicksilver.memory.lrvm;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Applies a part of the log to the segments: from its end backwards, so that the first value met of
 * a byte is the newest, and each byte is written once.
 */
final class Redo {

  private static final int PIECE = 64 * 1024;

  private final LogWindow window;
  private final SegmentWriter segments;
  private final RecordHeader header = new RecordHeader();
  private long transactions;

  /** Of the records from one LSN up to another. */
  Redo(LogArea area, long head, long tail, SegmentWriter segments) {
    this.window = new LogWindow(area, head, tail);
    this.segments = segments;
  }

  /** Applies them; nothing is forced. Returns how many records were. */
  long run(long head, long tail) throws IOException {
    for (long end = tail; end > head; ) {
      int at = window.backwards(end - LogFormat.TRAILER, LogFormat.TRAILER);
      long last = end - LogFormat.TRAILER - window.bytes().getLong(at);
      long start = end - window.bytes().getLong(at + 8);
      if (start < head
          || start > end - LogFormat.FRAME
          || !header.read(window, window.backwards(start, LogFormat.RECORD_HEADER))) {
        throw new IOException(
            "the record that ends at " + end + " has changed since it was written");
      }
      if (RecordType.isRedone(header.type())) {
        apply(last);
      }
      end = start;
    }
    return transactions;
  }

  private void apply(long last) throws IOException {
    transactions++;
    int count = header.ranges();
    for (long range = last; count > 0; count--) {
      int at = window.backwards(range, LogFormat.RANGE_HEADER);
      ByteBuffer bytes = window.bytes();
      long displacement = bytes.getLong(at + 24);
      apply(range, bytes.getInt(at), bytes.getLong(at + 8), bytes.getLong(at + 16));
      range -= displacement;
    }
  }

  private void apply(long range, int segment, long offset, long length) throws IOException {
    for (long left = length; left > 0; ) {
      int now = (int) Math.min(Math.min(PIECE, window.size()), left);
      left -= now;
      int at = window.backwards(range + LogFormat.RANGE_HEADER + left, now);
      segments.put(segment, offset + left, window.bytes(), at, now);
    }
  }
}
