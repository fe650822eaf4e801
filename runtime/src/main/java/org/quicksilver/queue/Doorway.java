package org.quicksilver.queue;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Where other processes of this user connect to: a Unix-domain socket in a directory that only its
 * owner may enter, so that the kernel does the authentication.
 */
final class Doorway implements Closeable {

  private static final int BACKLOG = 1024;

  private final Path socket;
  private final ServerSocketChannel server;
  private final Consumer<SocketChannel> visitor;

  private Doorway(Path socket, ServerSocketChannel server, Consumer<SocketChannel> visitor) {
    this.socket = socket;
    this.server = server;
    this.visitor = visitor;
  }

  static Doorway open(Path socket, Consumer<SocketChannel> visitor) throws IOException {
    Files.deleteIfExists(socket);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(socket), BACKLOG);
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
    Doorway doorway = new Doorway(socket, server, visitor);
    Thread porter = new Thread(doorway::live, "quicksilver-queue-server");
    porter.setDaemon(true);
    porter.start();
    return doorway;
  }

  private void live() {
    while (server.isOpen()) {
      try {
        visitor.accept(server.accept());
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        // Too many open files, perhaps for a moment only: the client tries again.
        java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    Files.deleteIfExists(socket);
  }
}
