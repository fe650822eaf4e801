package org.quicksilver.it.subject;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/**
 * Reads lines from asynchronous channels, with one handler for all, and has somebody serve them.
 */
final class Callbacks
    implements CompletionHandler<AsynchronousSocketChannel, AsynchronousServerSocketChannel> {

  private final BiConsumer<String, Runnable> served;

  private Callbacks(BiConsumer<String, Runnable> served) {
    this.served = served;
  }

  /** Starts; returns its port. */
  static int start(BiConsumer<String, Runnable> served) throws IOException {
    AsynchronousServerSocketChannel server =
        AsynchronousServerSocketChannel.open()
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    server.accept(server, new Callbacks(served));
    return ((InetSocketAddress) server.getLocalAddress()).getPort();
  }

  @Override
  public void completed(AsynchronousSocketChannel channel, AsynchronousServerSocketChannel server) {
    server.accept(server, this);
    new Session(channel).next();
  }

  @Override
  public void failed(Throwable e, AsynchronousServerSocketChannel server) {
    System.out.println(e);
  }

  private final class Session implements CompletionHandler<Integer, ByteBuffer> {
    private final AsynchronousSocketChannel channel;
    private final Lines lines = new Lines();

    Session(AsynchronousSocketChannel channel) {
      this.channel = channel;
    }

    void next() {
      ByteBuffer buffer = ByteBuffer.allocate(4096);
      channel.read(buffer, buffer, this);
    }

    @Override
    public void completed(Integer count, ByteBuffer buffer) {
      if (count < 0) {
        return;
      }
      for (String line : lines.add(buffer.flip())) {
        served.accept(line, () -> answer(line));
      }
      next();
    }

    /** One at a time: an asynchronous channel takes no second write before the first has ended. */
    private synchronized void answer(String line) {
      try {
        channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII))).get();
      } catch (Exception e) {
        // It is gone.
      }
    }

    @Override
    public void failed(Throwable e, ByteBuffer buffer) {
      // It is gone.
    }
  }
}
