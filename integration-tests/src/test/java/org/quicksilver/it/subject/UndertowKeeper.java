package org.quicksilver.it.subject;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Opens a file for each request and keeps it: {@code <directory> [<key store>]}, over TLS if it has
 * one. Speaks HTTP/2, too: its loops read, a pool works.
 */
public final class UndertowKeeper {

  private static final List<FileOutputStream> KEPT = new CopyOnWriteArrayList<>();

  private UndertowKeeper() {}

  /** Serves until it is killed. */
  public static void main(String[] args) throws Exception {
    Undertow.Builder builder =
        Undertow.builder()
            .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
            .setHandler(new BlockingHandler(exchange -> keep(exchange, args[0])));
    if (args.length > 1) {
      builder.addHttpsListener(0, "127.0.0.1", Tls.context(args[1]));
    } else {
      builder.addHttpListener(0, "127.0.0.1");
    }
    Undertow server = builder.build();
    server.start();
    InetSocketAddress address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    System.out.println("listening on " + address.getPort());
  }

  private static void keep(HttpServerExchange exchange, String directory) {
    try {
      KEPT.add(new FileOutputStream(directory + exchange.getRequestPath()));
    } catch (IOException e) {
      System.out.println("failed: " + e);
    }
    exchange.getResponseSender().send(exchange.getRequestPath());
  }
}
