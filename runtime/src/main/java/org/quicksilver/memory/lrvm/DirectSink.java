package org.quicksilver.memory.lrvm;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes at once: for recovery, which has no writer yet. */
final class DirectSink implements ChunkSink {

  private final LogArea area;
  private final Chunk chunk = new Chunk();
  private @Nullable IOException failure;

  DirectSink(LogArea area) {
    this.area = area;
  }

  @Override
  public Chunk takeChunk() {
    return chunk;
  }

  @Override
  public void add(Chunk filled, int from, int to, long lsn) {
    try {
      if (failure == null) {
        area.write(lsn, filled.writing(from, to));
      }
    } catch (IOException e) {
      failure = e;
    }
  }

  /** Throws what has gone wrong. */
  void finish() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }
}
