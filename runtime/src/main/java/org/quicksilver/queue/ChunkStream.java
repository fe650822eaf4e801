package org.quicksilver.queue;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.quicksilver.queue.protocol.Frame;

/**
 * A body that comes in chunks, as far as it has come. The sender is told of room when a chunk has
 * been read, so that never more than a window of it is here. Thread-safe.
 */
final class ChunkStream extends InputStream {

  /** Too small: the sender waits for every chunk; too large: so much memory for each stream. */
  static final int WINDOW = 256 * 1024;

  private final long number;
  private final Streams streams;
  private final Deque<byte[]> chunks = new ArrayDeque<>();
  private byte[] current = new byte[0];
  private int position;
  private int room = WINDOW;
  private boolean isWhole;
  private boolean isClosed;
  private @Nullable String failure;

  ChunkStream(long number, Streams streams) {
    this.number = number;
    this.streams = streams;
  }

  /** False if the sender sends more than there is room for. */
  synchronized boolean add(Frame.Chunk chunk) {
    room -= chunk.body().length;
    isWhole |= chunk.last();
    if (!isClosed && chunk.body().length > 0) {
      chunks.add(chunk.body());
    }
    notifyAll();
    return room >= 0;
  }

  synchronized void fail(String reason) {
    if (!isWhole) {
      failure = reason;
      notifyAll();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int freed = 0;
    int count;
    synchronized (this) {
      if (position == current.length) {
        byte[] next = next();
        if (next == null) {
          return -1;
        }
        current = next;
        position = 0;
      }
      count = Math.min(length, current.length - position);
      System.arraycopy(current, position, into, offset, count);
      position += count;
      if (position == current.length) {
        freed = isWhole ? 0 : current.length;
        room += freed;
      }
    }
    if (freed > 0) {
      streams.write(new Frame.Credit(number, freed));
    }
    return count;
  }

  private byte @Nullable [] next() throws IOException {
    while (chunks.isEmpty()) {
      if (isClosed) {
        throw new IOException("the stream is closed");
      } else if (isWhole) {
        return null;
      } else if (failure != null) {
        throw new IOException(failure);
      }
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while more was awaited");
      }
    }
    return chunks.remove();
  }

  /** The rest is not wanted; its sender stops. */
  @Override
  public void close() {
    boolean isEarly;
    synchronized (this) {
      isEarly = !isWhole && !isClosed && failure == null;
      isClosed = true;
      chunks.clear();
      notifyAll();
    }
    streams.closed(number, isEarly);
  }
}
