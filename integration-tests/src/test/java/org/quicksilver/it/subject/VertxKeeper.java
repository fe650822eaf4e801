package org.quicksilver.it.subject;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Opens a file for each request and keeps it: {@code <directory>}. Speaks HTTP/2, too, where
 * requests share a connection at the same time.
 */
public final class VertxKeeper {

  private static final List<FileOutputStream> KEPT = new CopyOnWriteArrayList<>();

  private VertxKeeper() {}

  /** Serves until it is killed. */
  public static void main(String[] args) {
    Vertx.vertx()
        .createHttpServer()
        .requestHandler(request -> keep(request, args[0]))
        .listen(0, "127.0.0.1")
        .onSuccess(server -> System.out.println("listening on " + server.actualPort()));
  }

  private static void keep(HttpServerRequest request, String directory) {
    try {
      KEPT.add(new FileOutputStream(directory + request.path()));
    } catch (IOException e) {
      System.out.println("failed: " + e);
    }
    request.response().end(request.path());
  }
}
