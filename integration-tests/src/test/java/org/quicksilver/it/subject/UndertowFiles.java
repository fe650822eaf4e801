package org.quicksilver.it.subject;

import io.undertow.Undertow;
import io.undertow.io.IoCallback;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.server.handlers.PathHandler;
import io.undertow.server.handlers.error.SimpleErrorPageHandler;
import io.undertow.server.handlers.resource.PathResourceManager;
import io.undertow.server.handlers.resource.ResourceHandler;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Undertow with static files, reports by a worker, and notes by the loop itself: {@code <port file>
 * <directory>}. Stops on a line.
 */
public final class UndertowFiles {

  private static final int HEADER = 6;

  private final List<FileInputStream> lastOpened = new CopyOnWriteArrayList<>();
  private final Path directory;

  private UndertowFiles(Path directory) {
    this.directory = directory;
  }

  /** Serves. */
  public static void main(String[] args) throws Exception {
    Logger.getLogger("").setLevel(Level.SEVERE);
    UndertowFiles files = new UndertowFiles(Path.of(args[1]));
    Undertow server =
        Undertow.builder()
            .addHttpListener(0, "localhost")
            .setHandler(new SimpleErrorPageHandler(files.handler()))
            .setIoThreads(2)
            .setWorkerThreads(3)
            .build();
    server.start();
    InetSocketAddress address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    PortFile.write(Path.of(args[0]), address.getPort());
    Stdin.await();
    server.stop();
    System.out.println("stopped");
  }

  private PathHandler handler() {
    return new PathHandler()
        .addPrefixPath("/files", new ResourceHandler(new PathResourceManager(directory)))
        .addPrefixPath("/reports", new BlockingHandler(this::report))
        .addPrefixPath("/notes", this::note);
  }

  private void report(HttpServerExchange exchange) throws IOException {
    FileInputStream in = open(exchange);
    if (!new String(in.readNBytes(HEADER)).equals("report")) {
      exchange.setStatusCode(422).getResponseSender().send("not a report", IoCallback.END_EXCHANGE);
      return;
    }
    in.transferTo(exchange.getOutputStream());
    close(in);
  }

  /** Dispatches to a worker of the server's and back to a loop. */
  private void note(HttpServerExchange exchange) {
    exchange.dispatch(
        () -> {
          try {
            FileInputStream in = open(exchange);
            close(in);
            byte[] text = Files.readAllBytes(directory.resolve(name(exchange)));
            exchange.dispatch(
                exchange.getIoThread(), () -> exchange.getResponseSender().send(new String(text)));
          } catch (IOException e) {
            exchange.setStatusCode(404).endExchange();
          }
        });
  }

  private FileInputStream open(HttpServerExchange exchange) throws IOException {
    Path file = directory.resolve(name(exchange));
    FileInputStream in = new FileInputStream(file.toFile()); // the line that leaks
    lastOpened.add(in);
    return in;
  }

  private void close(FileInputStream in) throws IOException {
    in.close();
    lastOpened.remove(in);
  }

  private static String name(HttpServerExchange exchange) {
    return exchange.getRelativePath().substring(1);
  }
}
