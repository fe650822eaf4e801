package org.quicksilver.memory.lrvm;

import java.nio.ByteBuffer;

/** The header of a record, read into the same object again and again: a log has millions. */
final class RecordHeader {

  private int type;
  private long length;
  private long lsn;
  private long generation;
  private long transaction;
  private long forced;
  private int ranges;

  /** Reads it; false if it does not check. */
  boolean read(LogWindow window, int at) {
    ByteBuffer bytes = window.bytes();
    if (bytes.getInt(at) != LogFormat.RECORD_MAGIC
        || bytes.getInt(at + 52) != window.sum(at, at + 52)) {
      return false;
    }
    type = bytes.getInt(at + 4);
    length = bytes.getLong(at + 8);
    lsn = bytes.getLong(at + 16);
    generation = bytes.getLong(at + 24);
    transaction = bytes.getLong(at + 32);
    forced = bytes.getLong(at + 40);
    ranges = bytes.getInt(at + 48);
    return RecordType.isKnown(type)
        && length >= LogFormat.FRAME
        && length % 8 == 0
        && lsn <= Long.MAX_VALUE - length;
  }

  int type() {
    return type;
  }

  boolean is(RecordType wanted) {
    return type == wanted.code();
  }

  long length() {
    return length;
  }

  long lsn() {
    return lsn;
  }

  long end() {
    return lsn + length;
  }

  long generation() {
    return generation;
  }

  long transaction() {
    return transaction;
  }

  long forced() {
    return forced;
  }

  int ranges() {
    return ranges;
  }
}
