package org.quicksilver.memory.lrvm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.quicksilver.memory.storage.WideBuffer;

/** Turns contents into records at the end of the {@link Spool}. */
final class RecordWriter implements RecordContent.Sink {

  private static final byte[] ZEROS = new byte[8];

  private final Spool spool;
  private final ByteBuffer part =
      ByteBuffer.allocate(LogFormat.RECORD_HEADER).order(ByteOrder.LITTLE_ENDIAN);
  private long lastRange;
  private int padding;

  RecordWriter(Spool spool) {
    this.spool = spool;
  }

  static long size(RecordContent content) {
    return LogFormat.FRAME + content.size();
  }

  /** Writes a record; returns its LSN. */
  long write(
      RecordType type, long generation, long transaction, long forced, RecordContent content) {
    long lsn = spool.lsn();
    long length = size(content);
    spool.beginSum();
    part.clear();
    part.putInt(LogFormat.RECORD_MAGIC).putInt(type.code()).putLong(length).putLong(lsn);
    part.putLong(generation).putLong(transaction).putLong(forced).putInt(content.ranges());
    part.putInt(spool.sumOf(part.array(), part.position()));
    spool.put(part.array(), 0, part.position());
    lastRange = lsn;
    padding = 0;
    content.writeTo(this);
    spool.put(ZEROS, 0, padding);
    trailer(lsn, length, content.ranges());
    return lsn;
  }

  private void trailer(long lsn, long length, int ranges) {
    part.clear();
    part.putLong(ranges == 0 ? 0 : spool.lsn() - lastRange).putLong(length).putLong(lsn);
    part.putInt(LogFormat.TRAILER_MAGIC);
    spool.put(part.array(), 0, part.position());
    part.clear();
    part.putInt(spool.endSum());
    spool.put(part.array(), 0, part.position());
  }

  @Override
  public void range(int segment, long offset, long length) {
    spool.put(ZEROS, 0, padding);
    long here = spool.lsn();
    part.clear();
    part.putInt(segment).putInt(0).putLong(offset).putLong(length).putLong(here - lastRange);
    spool.put(part.array(), 0, part.position());
    lastRange = here;
    padding = (int) (LogFormat.padded(length) - length);
  }

  @Override
  public void bytes(WideBuffer source, long offset, long length) {
    spool.put(source, offset, length);
  }

  @Override
  public void bytes(byte[] source, int offset, int length) {
    spool.put(source, offset, length);
  }
}
