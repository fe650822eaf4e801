package org.quicksilver.queue;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.quicksilver.queue.protocol.BadFrameException;
import org.quicksilver.queue.protocol.Frame;
import org.quicksilver.queue.protocol.FrameCodec;

/** A direct channel between two processes. One thread reads at a time, any write. */
final class FrameChannel implements Closeable {

  private static final int USUAL = 64 * 1024;

  private final SocketChannel channel;
  private final Outbox outbox;
  private ByteBuffer read = ByteBuffer.allocateDirect(USUAL).limit(0);

  FrameChannel(SocketChannel channel, Traffic traffic) {
    this.channel = channel;
    this.outbox = new Outbox(channel, traffic);
  }

  Outbox outbox() {
    return outbox;
  }

  /**
   * The next frame; blocks until there is one.
   *
   * @throws EOFException if the other side has closed
   * @throws BadFrameException if what comes is no frame
   */
  Frame next() throws IOException, BadFrameException {
    Frame frame = buffered();
    while (frame == null) {
      fill();
      frame = buffered();
    }
    return frame;
  }

  /** The next frame if it has been read already. */
  @Nullable Frame buffered() throws BadFrameException {
    if (!hasWhole()) {
      return null;
    }
    int length = read.getInt();
    int end = read.limit();
    read.limit(read.position() + length);
    try {
      return FrameCodec.decode(read);
    } finally {
      read.limit(end);
    }
  }

  /** Whether the next frame has been read already. */
  boolean hasWhole() throws BadFrameException {
    if (read.remaining() < Integer.BYTES) {
      return false;
    }
    int length = read.getInt(read.position());
    if (length < 2 || length > FrameCodec.LONGEST_FRAME) {
      throw new BadFrameException("a frame of " + length + " bytes");
    }
    return read.remaining() >= Integer.BYTES + length;
  }

  private void fill() throws IOException {
    int wanted = USUAL;
    if (read.remaining() >= Integer.BYTES) {
      wanted = Math.max(USUAL, Integer.BYTES + read.getInt(read.position()));
    }
    if (wanted > read.capacity() || (read.capacity() > USUAL && read.remaining() < USUAL)) {
      read = ByteBuffer.allocateDirect(Math.max(wanted, USUAL)).put(read);
    } else {
      read.compact();
    }
    try {
      if (channel.read(read) < 0) {
        throw new EOFException("the other side closed the channel");
      }
    } finally {
      read.flip();
    }
  }

  /** For good; one that is gone already stays so. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It is gone.
    }
  }

  /** Closes one, if there is one. */
  static void close(@Nullable FrameChannel former) {
    if (former != null) {
      former.close();
    }
  }
}
