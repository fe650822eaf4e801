package org.quicksilver.memory.lrvm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * A part of the log in memory, moved along it. Answers where in {@link #bytes} something lies,
 * after having read it if it was not there.
 */
final class LogWindow {

  private static final int LARGEST = 4 << 20;

  private final LogArea area;
  private final long low;
  private final long high;
  private final ByteBuffer bytes;
  private final ByteBuffer summed;
  private final CRC32C crc = new CRC32C();
  private long from;
  private long to;

  /** Reads from {@code low} up to {@code high} at most. */
  LogWindow(LogArea area, long low, long high) {
    this.area = area;
    this.low = low;
    this.high = high;
    int size = (int) Math.min(LARGEST, Math.max(area.capacity(), 1));
    this.bytes =
        (size < LARGEST ? ByteBuffer.allocate(size) : ByteBuffer.allocateDirect(size))
            .order(ByteOrder.LITTLE_ENDIAN);
    this.summed = bytes.duplicate();
  }

  long high() {
    return high;
  }

  /** Most that can be asked for at once. */
  int size() {
    return bytes.capacity();
  }

  /** For absolute access only. */
  ByteBuffer bytes() {
    return bytes;
  }

  /** Where that lies; if it has to be read, with what follows. */
  int forwards(long lsn, int length) throws IOException {
    if (lsn < from || lsn + length > to) {
      load(lsn, Math.min(lsn + bytes.capacity(), high));
    }
    return (int) (lsn - from);
  }

  /** Where that lies; if it has to be read, with what is before. */
  int backwards(long lsn, int length) throws IOException {
    if (lsn < from || lsn + length > to) {
      load(Math.max(low, lsn + length - bytes.capacity()), lsn + length);
    }
    return (int) (lsn - from);
  }

  private void load(long start, long end) throws IOException {
    from = start;
    to = start;
    area.read(start, bytes.position(0).limit((int) (end - start)));
    bytes.clear();
    to = end;
  }

  /** Of a stretch of {@link #bytes}. */
  int sum(int start, int end) {
    crc.reset();
    crc.update(summed.limit(end).position(start));
    return (int) crc.getValue();
  }

  /** Of a stretch of the log of any length. */
  int sum(long lsn, long length) throws IOException {
    crc.reset();
    for (long done = 0; done < length; ) {
      int now = (int) Math.min(bytes.capacity(), length - done);
      int at = forwards(lsn + done, now);
      crc.update(summed.limit(at + now).position(at));
      done += now;
    }
    return (int) crc.getValue();
  }
}
