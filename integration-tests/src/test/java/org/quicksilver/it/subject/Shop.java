package org.quicksilver.it.subject;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.h2.tools.Server;

/**
 * Tomcat with what an application keeps for all requests, but begins with the first: pools of
 * connections to databases, databases inside of the process, file systems in archives, a session of
 * a service. {@code <port file> <directory> [<port of ZooKeeper> <port of gRPC>]}; {@code
 * /shop/NAME} does some work with NAME. Stops on a line.
 */
public final class Shop extends HttpServlet {

  private static final long serialVersionUID = 1;

  /** What is kept, and closed at the end. */
  interface Store extends AutoCloseable {

    /** Does what one request needs, and says what came of it. */
    String serve() throws Exception;
  }

  /** Begins one. */
  interface Opening {
    Store open(Path directory) throws Exception;
  }

  private final transient Map<String, Opening> openings;
  private final transient Map<String, Store> stores = new ConcurrentHashMap<>();
  private final transient Path directory;

  private Shop(Path directory, Map<String, Opening> openings) {
    this.directory = directory;
    this.openings = openings;
  }

  /** Serves. */
  public static void main(String[] args) throws Exception {
    Path directory = Files.createDirectories(Path.of(args[1]));
    Server database =
        Server.createTcpServer("-tcpPort", "0", "-baseDir", args[1], "-ifNotExists").start();
    Map<String, Opening> openings = new ConcurrentHashMap<>(ShopPools.openings(database.getPort()));
    openings.putAll(ShopFiles.openings());
    if (args.length > 2) {
      openings.put("zookeeper", d -> new ShopSession(args[2]));
      openings.put("grpc", d -> new ShopReports(args[3]));
    }
    Shop shop = new Shop(directory, openings);
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(directory.resolve("tomcat").toString());
    tomcat.setHostname("localhost");
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "localhost");
    Context context = tomcat.addContext("/shop", null);
    Tomcat.addServlet(context, "shop", shop);
    context.addServletMappingDecoded("/*", "shop");
    TomcatFiles.run(tomcat, Path.of(args[0]));
    shop.close();
    database.stop();
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    String name = request.getPathInfo().substring(1);
    response.setContentType("text/plain");
    try (PrintWriter out = response.getWriter()) {
      out.println(name + ": " + store(name).serve());
    } catch (Exception e) {
      throw new ServletException(name, e);
    }
  }

  private Store store(String name) {
    return stores.computeIfAbsent(
        name,
        n -> {
          try {
            return openings.get(n).open(directory);
          } catch (Exception e) {
            throw new IllegalStateException(n, e);
          }
        });
  }

  private void close() throws Exception {
    Set<String> names = new TreeSet<>(stores.keySet());
    for (String name : names) {
      stores.get(name).close();
      System.out.println("closed " + name);
    }
  }
}
