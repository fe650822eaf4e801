package org.quicksilver.queue;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.quicksilver.queue.protocol.Frame;

/** A body that is sent in chunks, no faster than the receiver makes room for it. Thread-safe. */
final class ChunkSender {

  private static final int CHUNK = 32 * 1024;

  private final long number;
  private final InputStream body;
  private final Streams streams;
  private long room;
  private boolean isStarted;
  private boolean isStopped;

  ChunkSender(long number, InputStream body, Streams streams) {
    this.number = number;
    this.body = body;
    this.streams = streams;
  }

  /**
   * The receiver has room.
   *
   * @return whether this is the first time: it is to be run now
   */
  synchronized boolean credit(int bytes) {
    room += bytes;
    notifyAll();
    boolean isFirst = !isStarted;
    isStarted = true;
    return isFirst;
  }

  synchronized boolean isStarted() {
    return isStarted;
  }

  /** Nobody reads it any more. */
  synchronized void stop() {
    isStopped = true;
    notifyAll();
  }

  /** Sends all of it, and closes it; blocks while there is no room. */
  void run() {
    try (body) {
      byte[] buffer = new byte[CHUNK];
      for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
        if (!awaitRoom(count)) {
          return;
        }
        streams.write(new Frame.Chunk(number, false, Arrays.copyOf(buffer, count)));
      }
      streams.write(new Frame.Chunk(number, true, new byte[0]));
    } catch (IOException e) {
      streams.unreadable(number, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      streams.sent(number);
    }
  }

  private synchronized boolean awaitRoom(int bytes) throws InterruptedException {
    while (room < bytes && !isStopped) {
      wait();
    }
    room -= bytes;
    return !isStopped;
  }
}
