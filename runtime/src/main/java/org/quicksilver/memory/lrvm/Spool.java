package org.quicksilver.memory.lrvm;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.quicksilver.memory.storage.WideBuffer;

/**
 * The end of the log on its way to the disk: records are put into chunks, which go to the {@link
 * LogWriter} as they fill up, so that a record may be longer than memory. Used under the lock of
 * {@link CommitLog}.
 */
final class Spool {

  private final ChunkSink writer;
  private final CRC32C sum = new CRC32C();
  private final CRC32C small = new CRC32C();
  private Chunk chunk;
  private int position;
  private int published;
  private int summed;
  private long lsn;

  Spool(ChunkSink writer, long lsn) {
    this.writer = writer;
    this.lsn = lsn;
    this.chunk = writer.takeChunk();
  }

  /** Of the next byte. */
  long lsn() {
    return lsn;
  }

  void beginSum() {
    sum.reset();
    summed = position;
  }

  int endSum() {
    addToSum();
    return (int) sum.getValue();
  }

  private void addToSum() {
    sum.update(chunk.summing(summed, position));
    summed = position;
  }

  int sumOf(byte[] bytes, int length) {
    small.reset();
    small.update(bytes, 0, length);
    return (int) small.getValue();
  }

  void put(byte[] bytes, int offset, int length) {
    for (int done = 0; done < length; ) {
      int now = Math.min(length - done, Chunk.SIZE - position);
      chunk.filling().put(position, bytes, offset + done, now);
      done += now;
      advance(now);
    }
  }

  void put(WideBuffer source, long offset, long length) {
    for (long done = 0; done < length; ) {
      int now = (int) Math.min(length - done, Chunk.SIZE - position);
      ByteBuffer into = chunk.filling().limit(position + now).position(position);
      source.get(offset + done, into);
      into.clear();
      done += now;
      advance(now);
    }
  }

  private void advance(int bytes) {
    position += bytes;
    lsn += bytes;
    if (position == Chunk.SIZE) {
      addToSum();
      publish();
      chunk = writer.takeChunk();
      position = 0;
      published = 0;
      summed = 0;
    }
  }

  /** Bytes that the writer has not been given. */
  int unpublished() {
    return position - published;
  }

  /** Gives the writer all there is. */
  void publish() {
    if (position > published) {
      writer.add(chunk, published, position, lsn - (position - published));
      published = position;
    }
  }
}
