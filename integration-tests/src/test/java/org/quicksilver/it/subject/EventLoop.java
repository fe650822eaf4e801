package org.quicksilver.it.subject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/** One thread that reads lines from all its connections and has somebody serve them. */
final class EventLoop {

  private EventLoop() {}

  /** Starts it; returns its port. */
  static int start(BiConsumer<String, Runnable> served) throws IOException {
    Selector selector = Selector.open();
    ServerSocketChannel server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    server.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
    new Thread(() -> loop(selector, served)).start();
    return server.socket().getLocalPort();
  }

  private static void loop(Selector selector, BiConsumer<String, Runnable> served) {
    try {
      while (true) {
        selector.select(key -> ready(key, served));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void ready(SelectionKey key, BiConsumer<String, Runnable> served) {
    try {
      if (key.isAcceptable()) {
        SocketChannel channel = ((ServerSocketChannel) key.channel()).accept();
        channel
            .configureBlocking(false)
            .register(key.selector(), SelectionKey.OP_READ, new Lines());
      } else {
        read(key, served);
      }
    } catch (IOException e) {
      key.cancel();
    }
  }

  private static void read(SelectionKey key, BiConsumer<String, Runnable> served)
      throws IOException {
    SocketChannel channel = (SocketChannel) key.channel();
    ByteBuffer buffer = ByteBuffer.allocate(4096);
    if (channel.read(buffer) < 0) {
      key.cancel();
      return;
    }
    for (String line : ((Lines) key.attachment()).add(buffer.flip())) {
      served.accept(line, () -> answer(channel, line));
    }
  }

  private static void answer(SocketChannel channel, String line) {
    try {
      channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      // It is gone.
    }
  }
}
