package org.quicksilver.cli;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import org.quicksilver.comm.Message;
import org.quicksilver.comm.MessageCodec;

/**
 * Answers each connection with the next of its answers, over a real socket, and keeps what it was
 * asked.
 */
final class FakeNode implements Closeable {

  static final byte[] NONCE = {1, 2, 3, 4};

  private final ServerSocketChannel server;
  private final boolean challenges;
  private final Queue<Message> answers = new ArrayDeque<>();
  final List<Message.AdminRequest> requests = Collections.synchronizedList(new ArrayList<>());

  private final Thread thread;
  private volatile boolean silent;
  private volatile boolean leaving;

  private FakeNode(ServerSocketChannel server, boolean challenges) {
    this.server = server;
    this.challenges = challenges;
    thread = new Thread(this::serve, "fake-node");
    thread.setDaemon(true);
    thread.start();
  }

  static FakeNode at(Path socket) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    return new FakeNode(server.bind(UnixDomainSocketAddress.of(socket)), false);
  }

  static FakeNode onLoopback() throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open();
    return new FakeNode(server.bind(new InetSocketAddress("127.0.0.1", 0)), true);
  }

  FakeNode answering(String json) {
    return answering(new Message.AdminResponse(json));
  }

  synchronized FakeNode answering(Message message) {
    answers.add(message);
    return this;
  }

  /** Answers nothing from now on. */
  void silent() {
    silent = true;
  }

  /** Stops after the next answer, and takes its socket file with it. */
  void leaving() {
    leaving = true;
  }

  SocketAddress address() throws IOException {
    return server.getLocalAddress();
  }

  private void serve() {
    while (server.isOpen()) {
      try (SocketChannel channel = server.accept()) {
        if (challenges) {
          channel.write(MessageCodec.encode(new Message.Challenge(NONCE)));
        }
        requests.add((Message.AdminRequest) receive(channel));
        if (silent) {
          fill(channel, ByteBuffer.allocate(1));
        }
        channel.write(MessageCodec.encode(next()));
        leaveIfToldTo();
      } catch (IOException e) {
        // Closed, by the command or by the test.
      }
    }
  }

  private void leaveIfToldTo() throws IOException {
    if (leaving && address() instanceof UnixDomainSocketAddress socket) {
      close();
      Files.delete(socket.getPath());
    }
  }

  private synchronized Message next() {
    Message answer = answers.poll();
    return answer == null ? new Message.Refused("the test has no answer to this") : answer;
  }

  private static Message receive(SocketChannel channel) throws IOException {
    ByteBuffer length = fill(channel, ByteBuffer.allocate(Integer.BYTES));
    return MessageCodec.decode(fill(channel, ByteBuffer.allocate(length.getInt())));
  }

  private static ByteBuffer fill(SocketChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException();
      }
    }
    return buffer.flip();
  }

  /** When it returns nobody listens any more: a thread inside of accept has left it. */
  @Override
  public void close() throws IOException {
    server.close();
    try {
      if (Thread.currentThread() != thread) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
