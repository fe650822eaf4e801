package org.quicksilver.it.subject;

import com.sun.net.httpserver.HttpServer;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A server that opens what it serves everybody with when its first client needs it: the selector of
 * its own loop, an HTTP client, a group of asynchronous channels. For each client it opens a file,
 * and a selector with a pipe that wait for this client alone. {@code <directory>}.
 */
public final class LateLoops {

  private final ServerSocketChannel server;
  private final HttpServer web;
  private final String directory;
  private final List<Object> kept = new ArrayList<>();
  private @Nullable Selector selector;
  private @Nullable HttpClient client;
  private @Nullable AsynchronousChannelGroup group;

  private LateLoops(String directory) throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    this.directory = directory;
    this.server = ServerSocketChannel.open().bind(new InetSocketAddress(here, 0));
    this.web = HttpServer.create(new InetSocketAddress(here, 0), 0);
    web.createContext("/", exchange -> exchange.sendResponseHeaders(204, -1));
    web.start();
  }

  /** Serves. */
  public static void main(String[] args) throws Exception {
    LateLoops loops = new LateLoops(args[0]);
    System.out.println("listening on " + loops.server.socket().getLocalPort());
    while (true) {
      SocketChannel channel = loops.server.accept();
      channel.configureBlocking(false);
      loops.register(channel);
    }
  }

  private void register(SocketChannel channel) throws IOException {
    Selector loop = selector;
    if (loop == null) {
      loop = Selector.open();
      selector = loop;
      Selector all = loop;
      new Thread(() -> run(all)).start();
    }
    channel.register(loop, SelectionKey.OP_READ, new Lines());
    loop.wakeup();
  }

  private void run(Selector loop) {
    try {
      while (true) {
        loop.select(this::read);
      }
    } catch (IOException e) {
      System.out.println("the loop ends: " + e);
    }
  }

  private void read(SelectionKey key) {
    SocketChannel channel = (SocketChannel) key.channel();
    ByteBuffer buffer = ByteBuffer.allocate(100);
    try {
      if (channel.read(buffer) < 0) {
        key.cancel();
        return;
      }
      for (String line : ((Lines) key.attachment()).add(buffer.flip())) {
        serve(line);
        channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII)));
      }
    } catch (Exception e) {
      System.out.println("failed: " + e);
      key.cancel();
    }
  }

  private void serve(String name) throws Exception {
    kept.add(new FileOutputStream(directory + "/" + name));
    Pipe pipe = Pipe.open();
    pipe.source().configureBlocking(false);
    Selector own = Selector.open();
    pipe.source().register(own, SelectionKey.OP_READ);
    kept.add(pipe);
    kept.add(own);
    askTheWeb();
    AsynchronousSocketChannel channel = AsynchronousSocketChannel.open(group());
    channel.connect(web.getAddress()).get();
    kept.add(channel);
  }

  private void askTheWeb() throws Exception {
    if (client == null) {
      client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }
    URI uri = URI.create("http://127.0.0.1:" + web.getAddress().getPort() + "/");
    client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding());
  }

  private AsynchronousChannelGroup group() throws IOException {
    AsynchronousChannelGroup known = group;
    if (known == null) {
      known = AsynchronousChannelGroup.withFixedThreadPool(1, Executors.defaultThreadFactory());
      group = known;
    }
    return known;
  }
}
