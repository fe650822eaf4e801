package org.quicksilver.it.subject;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Opens a file for each HTTP request and keeps it: {@code <directory>}. */
public final class HttpKeeper {

  private static final int THREADS = 4;

  private static final List<FileOutputStream> KEPT = new CopyOnWriteArrayList<>();

  private HttpKeeper() {}

  /** Serves until it is killed. */
  public static void main(String[] args) throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(anyPort, 50);
    server.setExecutor(Executors.newFixedThreadPool(THREADS));
    server.createContext("/", exchange -> keep(exchange, args[0]));
    server.start();
    System.out.println("listening on " + server.getAddress().getPort());
  }

  private static void keep(HttpExchange exchange, String directory) throws IOException {
    try (exchange) {
      String name = exchange.getRequestURI().getPath();
      KEPT.add(new FileOutputStream(directory + name));
      byte[] answer = name.getBytes(StandardCharsets.US_ASCII);
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }
}
