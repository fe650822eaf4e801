package org.quicksilver.memory.lrvm;

/** What of a {@link Chunk} is to be written, and where to. */
final class Slice {

  private final Chunk chunk;
  private final int from;
  private final long lsn;
  private int to;

  Slice(Chunk chunk, int from, int to, long lsn) {
    this.chunk = chunk;
    this.from = from;
    this.to = to;
    this.lsn = lsn;
  }

  Chunk chunk() {
    return chunk;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  long lsn() {
    return lsn;
  }

  long end() {
    return lsn + to - from;
  }

  /** Whether nothing more will come into its chunk. */
  boolean isLast() {
    return to == Chunk.SIZE;
  }

  /** Takes on what follows it in the same chunk. */
  boolean extend(Chunk other, int start, int end) {
    if (other != chunk || start != to) {
      return false;
    }
    to = end;
    return true;
  }
}
