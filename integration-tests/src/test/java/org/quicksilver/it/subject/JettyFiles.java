package org.quicksilver.it.subject;

import java.nio.file.Path;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.util.resource.ResourceFactory;

/** Jetty with static files and a servlet: {@code <port file> <directory>}. Stops on a line. */
public final class JettyFiles {

  private JettyFiles() {}

  /** Serves. */
  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[1]);
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("localhost");
    server.addConnector(connector);
    server.setHandler(new Handler.Sequence(files(server, directory), reports(directory)));
    server.start();
    PortFile.write(Path.of(args[0]), connector.getLocalPort());
    Stdin.await();
    server.stop();
    System.out.println(server.getState());
  }

  private static Handler files(Server server, Path directory) {
    ResourceHandler files = new ResourceHandler();
    files.setBaseResource(ResourceFactory.of(server).newResource(directory));
    files.setDirAllowed(false);
    return new ContextHandler(files, "/files");
  }

  private static Handler reports(Path directory) {
    ServletContextHandler reports = new ServletContextHandler("/reports");
    reports.addServlet(new ServletHolder(new ReportServlet(directory)), "/*");
    return reports;
  }
}
