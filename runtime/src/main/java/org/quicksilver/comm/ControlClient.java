package org.quicksilver.comm;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The plain end of a control channel: a blocking socket channel, for agents and commands, where
 * Netty would cost the process more than the channel is worth.
 *
 * <p>Threads: one may read while others write; writes are serialized. An interrupt of a thread in
 * here closes the channel, so only threads of our own call it. A failure closes nothing; the caller
 * closes.
 */
public final class ControlClient implements Closeable {

  private static final int READ_AHEAD = 8192;

  /** So many messages wait for the next one at most. */
  private static final int MOST_WAITING = 64;

  private final SocketChannel channel;
  private final ByteBuffer ahead = ByteBuffer.allocateDirect(READ_AHEAD).flip();
  private final List<ByteBuffer> waiting = new ArrayList<>();

  private ControlClient(SocketChannel channel) {
    this.channel = channel;
  }

  /**
   * Connects to a node's socket file.
   *
   * @throws IOException if nobody listens there
   */
  public static ControlClient connect(Path socket) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
      return new ControlClient(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Connects to a node's loopback port. The node speaks first: a {@link Message.Challenge}.
   *
   * @throws IOException if nobody listens there
   */
  public static ControlClient connect(InetSocketAddress address) throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.connect(address);
      return new ControlClient(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Writes one message, and before it those that wait, blocking until the kernel has them. */
  public synchronized void send(Message message) throws IOException {
    waiting.add(MessageCodec.encode(message));
    flush();
  }

  /**
   * Has a message wait for the next one that is sent, or for {@link #flush}: for what nobody is in
   * a hurry to know, such as acknowledgements. Blocks only if many wait.
   */
  public synchronized void sendWithNext(Message message) throws IOException {
    waiting.add(MessageCodec.encode(message));
    if (waiting.size() >= MOST_WAITING) {
      flush();
    }
  }

  /** Writes what waits, blocking until the kernel has it. */
  public synchronized void flush() throws IOException {
    ByteBuffer[] frames = waiting.toArray(new ByteBuffer[0]);
    waiting.clear();
    if (frames.length > 0) {
      ByteBuffer last = frames[frames.length - 1];
      while (last.hasRemaining()) {
        channel.write(frames);
      }
    }
  }

  /**
   * Reads the next message, blocking until there is one.
   *
   * @throws EOFException if the other side has closed
   * @throws MalformedFrameException if what comes is no message
   */
  public Message receive() throws IOException {
    while (ahead.remaining() < Integer.BYTES) {
      readAhead();
    }
    int length = ahead.getInt();
    if (length < 1 || length > MessageCodec.LONGEST_FRAME) {
      throw new MalformedFrameException("a frame of " + length + " bytes");
    }
    ByteBuffer frame = ByteBuffer.allocate(length);
    int there = Math.min(length, ahead.remaining());
    frame.put(0, ahead, ahead.position(), there).position(there);
    ahead.position(ahead.position() + there);
    while (frame.hasRemaining()) {
      read(frame);
    }
    return MessageCodec.decode(frame.flip());
  }

  private void readAhead() throws IOException {
    ahead.compact();
    try {
      read(ahead);
    } finally {
      ahead.flip();
    }
  }

  private void read(ByteBuffer into) throws IOException {
    if (channel.read(into) < 0) {
      throw new EOFException("the other side closed the control channel");
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
