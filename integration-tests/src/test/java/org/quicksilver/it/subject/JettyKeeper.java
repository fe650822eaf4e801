package org.quicksilver.it.subject;

import java.io.FileOutputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * Opens a file for each request and keeps it: {@code <directory> [<key store>]}, over TLS if it has
 * one. Speaks HTTP/2, too: who has read several requests does one and leaves the others to the
 * pool.
 */
public final class JettyKeeper {

  private JettyKeeper() {}

  /** Serves until it is killed. */
  public static void main(String[] args) throws Exception {
    Server server = new Server();
    HttpConfiguration configuration = new HttpConfiguration();
    HttpConnectionFactory http = new HttpConnectionFactory(configuration);
    ServerConnector connector =
        args.length > 1
            ? secure(server, http, args[1])
            : new ServerConnector(server, http, new HTTP2CServerConnectionFactory(configuration));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new Keeper(args[0]));
    server.start();
    System.out.println("listening on " + connector.getLocalPort());
    server.join();
  }

  private static ServerConnector secure(Server server, HttpConnectionFactory http, String store)
      throws Exception {
    SslContextFactory.Server keys = new SslContextFactory.Server();
    keys.setSslContext(Tls.context(store));
    ALPNServerConnectionFactory choice = new ALPNServerConnectionFactory();
    choice.setDefaultProtocol(http.getProtocol());
    return new ServerConnector(
        server,
        new SslConnectionFactory(keys, choice.getProtocol()),
        choice,
        new HTTP2ServerConnectionFactory(http.getHttpConfiguration()),
        http);
  }

  private static final class Keeper extends Handler.Abstract {
    private final List<FileOutputStream> kept = new CopyOnWriteArrayList<>();
    private final String directory;

    Keeper(String directory) {
      this.directory = directory;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      String name = Request.getPathInContext(request);
      kept.add(new FileOutputStream(directory + name));
      Content.Sink.write(response, true, name, callback);
      return true;
    }
  }
}
