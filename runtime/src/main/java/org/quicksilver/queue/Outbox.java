package org.quicksilver.queue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;
import org.quicksilver.queue.protocol.Frame;
import org.quicksilver.queue.protocol.FrameCodec;

/**
 * The writing end of a channel. Whoever finds nobody writing writes, for itself and for all who
 * come meanwhile; they only leave their frames. Thread-safe; blocks while megabytes are unread.
 *
 * <p>An interrupted thread must not touch the channel, which would be closed by that: its interrupt
 * is put aside while it writes.
 */
final class Outbox {

  private static final int USUAL = 64 * 1024;

  /**
   * Too small: senders wait for each other; too large: a server that does not read costs memory.
   */
  private static final int MOST_WAITING = 4 * 1024 * 1024;

  private final WritableByteChannel channel;
  private final Traffic traffic;
  private ByteBuffer waiting = ByteBuffer.allocateDirect(USUAL);
  private ByteBuffer writing = ByteBuffer.allocateDirect(USUAL);
  private boolean isWriting;
  private int corks;
  private boolean failed;

  Outbox(WritableByteChannel channel, Traffic traffic) {
    this.channel = channel;
    this.traffic = traffic;
  }

  /** Sends, now or with what is sent next while it is corked. */
  void send(Frame frame) throws IOException {
    ByteBuffer mine;
    synchronized (this) {
      awaitRoom();
      append(frame);
      if (isWriting || corks > 0) {
        return;
      }
      mine = take();
    }
    write(mine);
  }

  private void awaitRoom() throws IOException {
    boolean interrupted = false;
    while (isWriting && waiting.position() > MOST_WAITING && !failed) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failed) {
      throw new IOException("the channel is closed");
    }
  }

  private void append(Frame frame) {
    int size = FrameCodec.size(frame);
    if (waiting.remaining() < size) {
      int capacity = Math.max(waiting.capacity() * 2, waiting.position() + size);
      waiting = ByteBuffer.allocateDirect(capacity).put(waiting.flip());
    }
    FrameCodec.encode(frame, waiting);
    traffic.sent(size);
  }

  private ByteBuffer take() {
    isWriting = true;
    ByteBuffer full = waiting;
    waiting = writing;
    writing = full;
    return full.flip();
  }

  private void write(ByteBuffer first) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      for (ByteBuffer next = first; next != null; next = next()) {
        while (next.hasRemaining()) {
          channel.write(next);
        }
        next.clear();
      }
    } catch (IOException e) {
      fail();
      throw e;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized @Nullable ByteBuffer next() {
    if (writing.capacity() > MOST_WAITING) {
      writing = ByteBuffer.allocateDirect(USUAL);
    }
    notifyAll();
    if (waiting.position() == 0) {
      isWriting = false;
      return null;
    }
    return take();
  }

  private synchronized void fail() {
    failed = true;
    isWriting = false;
    notifyAll();
  }

  /** Frames are kept together until it is uncorked as often. */
  synchronized void cork() {
    corks++;
  }

  /** Sends what was kept. */
  void uncork() throws IOException {
    ByteBuffer mine;
    synchronized (this) {
      corks--;
      if (corks > 0 || isWriting || waiting.position() == 0) {
        return;
      }
      mine = take();
    }
    write(mine);
  }
}
