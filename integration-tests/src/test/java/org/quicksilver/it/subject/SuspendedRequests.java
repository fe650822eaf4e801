package org.quicksilver.it.subject;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Suspends each request until the next comes, be it another client's, which has it gone on with; a
 * file is opened for each then, and kept: {@code <server> <directory>}.
 */
public final class SuspendedRequests {

  private SuspendedRequests() {}

  /** Serves until it is killed. */
  public static void main(String[] args) throws Exception {
    Logger.getLogger("").setLevel(Level.SEVERE);
    Suspender servlet = new Suspender(args[1]);
    int port = args[0].equals("tomcat") ? tomcat(servlet) : jetty(servlet);
    System.out.println("listening on " + port);
    Thread.currentThread().join();
  }

  private static int tomcat(HttpServlet servlet) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", null);
    Wrapper wrapper = Tomcat.addServlet(context, "suspender", servlet);
    wrapper.setAsyncSupported(true);
    context.addServletMappingDecoded("/*", "suspender");
    tomcat.start();
    return tomcat.getConnector().getLocalPort();
  }

  private static int jetty(HttpServlet servlet) throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    ServletHolder holder = new ServletHolder(servlet);
    holder.setAsyncSupported(true);
    context.addServlet(holder, "/*");
    server.setHandler(context);
    server.start();
    return connector.getLocalPort();
  }

  /** The end of a path says how a request is gone on with. */
  private static final class Suspender extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final transient List<FileOutputStream> kept = new CopyOnWriteArrayList<>();
    private final String directory;
    private transient Runnable waiting = () -> {};

    Suspender(String directory) {
      this.directory = directory;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      String name = request.getPathInfo();
      if (request.getDispatcherType() == DispatcherType.ASYNC) {
        keep(name);
        response.setContentLength(0);
        return;
      }
      AsyncContext context = request.startAsync();
      context.setTimeout(0);
      if (name.endsWith("-listener")) {
        context.addListener(new Listener(this, name));
      }
      Runnable before = waitForNext(() -> goOn(context, name));
      System.out.println("suspended " + name);
      before.run();
    }

    private synchronized Runnable waitForNext(Runnable own) {
      Runnable before = waiting;
      waiting = own;
      return before;
    }

    private void goOn(AsyncContext context, String name) {
      if (name.endsWith("-dispatch")) {
        context.dispatch();
      } else if (name.endsWith("-start")) {
        context.start(
            () -> {
              keep(name);
              context.complete();
            });
      } else {
        context.complete();
      }
    }

    private void keep(String name) {
      try {
        kept.add(new FileOutputStream(directory + name));
      } catch (IOException e) {
        System.out.println("failed: " + e);
      }
    }
  }

  private record Listener(Suspender servlet, String name) implements AsyncListener {
    @Override
    public void onComplete(AsyncEvent event) {
      servlet.keep(name);
    }

    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
  }
}
