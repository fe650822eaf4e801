package org.quicksilver.memory.lrvm;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.quicksilver.memory.storage.StorageFile;

/**
 * The ring of records, addressed by LSN.
 *
 * @param file the log
 * @param capacity bytes of the ring
 */
record LogArea(StorageFile file, long capacity) {

  private long place(long lsn) {
    return LogFormat.DATA + lsn % capacity;
  }

  private int together(long lsn, int wanted) {
    return (int) Math.min(wanted, capacity - lsn % capacity);
  }

  /** Fills the buffer. */
  void read(long lsn, ByteBuffer into) throws IOException {
    int end = into.limit();
    for (long at = lsn; into.position() < end; ) {
      int now = together(at, end - into.position());
      into.limit(into.position() + now);
      file.read(into, place(at));
      at += now;
    }
  }

  /** Writes all of the buffer. */
  void write(long lsn, ByteBuffer from) throws IOException {
    int end = from.limit();
    for (long at = lsn; from.position() < end; ) {
      int now = together(at, end - from.position());
      from.limit(from.position() + now);
      file.write(from, place(at));
      at += now;
    }
  }
}
