package org.quicksilver.memory.lrvm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.quicksilver.memory.storage.WideBuffer;

/**
 * Ranges with copies of their bytes: what a prepared transaction keeps until it is decided.
 *
 * @param all none longer than {@link #LONGEST}
 */
record StoredContent(List<StoredRange> all) implements RecordContent {

  /** Longer ones are several. */
  static final int LONGEST = 1 << 28;

  /** One range. */
  record StoredRange(int segment, long offset, byte[] bytes) {}

  /** Takes copies of the ranges of a content. */
  static StoredContent copyOf(RecordContent content) {
    Copying copying = new Copying();
    content.writeTo(copying);
    return new StoredContent(copying.ranges);
  }

  /** The same with a name as the first range. */
  StoredContent named(byte[] name) {
    List<StoredRange> named = new ArrayList<>();
    named.add(new StoredRange(LogFormat.NAME, 0, name));
    named.addAll(all);
    return new StoredContent(named);
  }

  /** Reads the ranges of a record, a name included. */
  static StoredContent read(RecordHeader header, LogWindow window) throws IOException {
    List<StoredRange> ranges = new ArrayList<>();
    LogScan.ranges(
        header,
        window,
        (segment, offset, length, lsn) -> {
          byte[] bytes = new byte[(int) length];
          ByteBuffer into = ByteBuffer.wrap(bytes);
          while (into.hasRemaining()) {
            int now = Math.min(window.size(), into.remaining());
            int at = window.forwards(lsn + LogFormat.RANGE_HEADER + into.position(), now);
            into.put(into.position(), window.bytes(), at, now);
            into.position(into.position() + now);
          }
          ranges.add(new StoredRange(segment, offset, bytes));
        });
    return new StoredContent(ranges);
  }

  @Override
  public int ranges() {
    return all.size();
  }

  @Override
  public long size() {
    return all.stream().mapToLong(range -> LogFormat.rangeSize(range.bytes.length)).sum();
  }

  @Override
  public void writeTo(Sink sink) {
    for (StoredRange range : all) {
      sink.range(range.segment, range.offset, range.bytes.length);
      sink.bytes(range.bytes, 0, range.bytes.length);
    }
  }

  private static final class Copying implements Sink {
    private final List<StoredRange> ranges = new ArrayList<>();
    private int segment;
    private long next;

    @Override
    public void range(int number, long offset, long length) {
      segment = number;
      next = offset;
    }

    @Override
    public void bytes(WideBuffer source, long offset, long length) {
      for (long done = 0; done < length; ) {
        byte[] copy = new byte[(int) Math.min(LONGEST, length - done)];
        source.get(offset + done, copy, 0, copy.length);
        add(copy);
        done += copy.length;
      }
    }

    @Override
    public void bytes(byte[] source, int offset, int length) {
      add(java.util.Arrays.copyOfRange(source, offset, offset + length));
    }

    private void add(byte[] bytes) {
      ranges.add(new StoredRange(segment, next, bytes));
      next += bytes.length;
    }
  }
}
