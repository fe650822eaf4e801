package org.quicksilver.it.subject;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Ways to open asynchronous sockets and their groups, and the JDK's own server. */
final class AsyncWays {

  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private AsyncWays() {}

  static List<Way> all() {
    return List.of(
        Way.of("AsynchronousSocketChannel.open", "SOCKET", AsynchronousSocketChannel::open),
        Way.of("AsyncServerSocketChannel.open", "LISTENER", AsynchronousServerSocketChannel::open),
        Way.of("AsyncServerSocketChannel.bind", "LISTENER", AsyncWays::server),
        Way.of("AsyncSocketChannel.connect", "LISTENER,SOCKET,SOCKET", AsyncWays::connected),
        Way.of("AsynchronousChannelGroup", "CHANNEL_GROUP", () -> ending(group())),
        Way.of("AsyncSocketChannel, group", "CHANNEL_GROUP,SOCKET", AsyncWays::inGroup),
        Way.of("HttpServer", "LISTENER,SELECTOR", AsyncWays::http));
  }

  private static AsynchronousServerSocketChannel server() throws Exception {
    return AsynchronousServerSocketChannel.open().bind(ANY);
  }

  /** It is there before it is accepted, so that accepting it needs no other thread. */
  private static AutoCloseable connected() throws Exception {
    AsynchronousServerSocketChannel server = server();
    AsynchronousSocketChannel channel = AsynchronousSocketChannel.open();
    channel.connect(server.getLocalAddress()).get();
    return Way.all(channel, server.accept().get(), server);
  }

  private static AsynchronousChannelGroup group() throws Exception {
    return AsynchronousChannelGroup.withFixedThreadPool(1, Executors.defaultThreadFactory());
  }

  private static AutoCloseable ending(AsynchronousChannelGroup group) {
    return () -> {
      group.shutdownNow();
      group.awaitTermination(10, TimeUnit.SECONDS);
    };
  }

  private static AutoCloseable inGroup() throws Exception {
    AsynchronousChannelGroup group = group();
    AsynchronousSocketChannel channel = AsynchronousSocketChannel.open(group);
    return Way.all(channel, ending(group));
  }

  private static AutoCloseable http() throws Exception {
    HttpServer server = HttpServer.create(ANY, 0);
    server.start();
    return () -> server.stop(0);
  }
}
