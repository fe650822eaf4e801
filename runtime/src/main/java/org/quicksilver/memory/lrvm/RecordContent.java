package org.quicksilver.memory.lrvm;

import org.quicksilver.memory.storage.WideBuffer;

/** The ranges of a record that is to be appended. */
interface RecordContent {

  /** Takes them, one after the other. */
  interface Sink {
    /** Begins a range; its bytes follow. */
    void range(int segment, long offset, long length);

    /** Bytes of the range that was begun. */
    void bytes(WideBuffer source, long offset, long length);

    /** Bytes of the range that was begun. */
    void bytes(byte[] source, int offset, int length);
  }

  /** How many ranges. */
  int ranges();

  /** Their size in a record, headers and padding included. */
  long size();

  /** Gives them to the sink. */
  void writeTo(Sink sink);

  /** No ranges. */
  RecordContent NONE =
      new RecordContent() {
        @Override
        public int ranges() {
          return 0;
        }

        @Override
        public long size() {
          return 0;
        }

        @Override
        public void writeTo(Sink sink) {}
      };
}
