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

/**
 * The plain end of a control channel: a blocking socket channel, for agents and commands, where
 * Netty would cost the process more than the channel is worth.
 *
 * <p>Threads: one may read while others write; writes are serialized. An interrupt of a thread in
 * here closes the channel, so only threads of our own call it. A failure closes nothing; the caller
 * closes.
 */
public final class ControlClient implements Closeable {

  private final SocketChannel channel;
  private final ByteBuffer lengthField = ByteBuffer.allocate(Integer.BYTES);

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

  /** Writes one message, blocking until the kernel has it. */
  public synchronized void send(Message message) throws IOException {
    ByteBuffer frame = MessageCodec.encode(message);
    while (frame.hasRemaining()) {
      channel.write(frame);
    }
  }

  /**
   * Reads the next message, blocking until there is one.
   *
   * @throws EOFException if the other side has closed
   * @throws MalformedFrameException if what comes is no message
   */
  public Message receive() throws IOException {
    readFully(lengthField.clear());
    int length = lengthField.getInt(0);
    if (length < 1 || length > MessageCodec.LONGEST_FRAME) {
      throw new MalformedFrameException("a frame of " + length + " bytes");
    }
    ByteBuffer frame = ByteBuffer.allocate(length);
    readFully(frame);
    return MessageCodec.decode(frame.flip());
  }

  private void readFully(ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException("the other side closed the control channel");
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
