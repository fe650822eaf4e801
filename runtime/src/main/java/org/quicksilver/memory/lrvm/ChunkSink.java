package org.quicksilver.memory.lrvm;

/** Where the chunks of a {@link Spool} come from and go to. */
interface ChunkSink {

  /** A chunk to be filled. */
  Chunk takeChunk();

  /** Takes a part of a chunk to be written; the last of a chunk gives it back. */
  void add(Chunk chunk, int from, int to, long lsn);
}
