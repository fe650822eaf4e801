package org.quicksilver.benchmark.queue;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The floor: one thread writes and reads, one at the other end reads and writes. */
final class RawCaller implements Caller {

  private final SocketChannel channel;
  private final ByteBuffer buffer;

  RawCaller(Path socket, int size) throws IOException {
    channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    buffer = ByteBuffer.allocateDirect(size);
  }

  /** Echoes whatever comes over one connection, for ever. */
  static void serve(Path socket) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    Thread thread =
        new Thread(
            () -> {
              ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
              try (SocketChannel client = server.accept()) {
                while (client.read(buffer.clear()) >= 0) {
                  write(client, buffer.flip());
                }
              } catch (IOException e) {
                // The client is gone.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private static void write(SocketChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public byte[] call(byte[] body) throws IOException {
    write(channel, buffer.clear().put(body).flip());
    buffer.clear();
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException();
      }
    }
    return body;
  }

  @Override
  public CompletionStage<byte[]> begin(byte[] body) throws IOException {
    return CompletableFuture.completedFuture(call(body));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
