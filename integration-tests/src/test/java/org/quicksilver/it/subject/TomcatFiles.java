package org.quicksilver.it.subject;

import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;

/** Tomcat with static files and a servlet: {@code <port file> <directory>}. Stops on a line. */
public final class TomcatFiles {

  private TomcatFiles() {}

  /** Serves. */
  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[1]);
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(directory.resolveSibling("tomcat").toString());
    tomcat.setHostname("localhost");
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "localhost");
    files(tomcat.addContext("/files", directory.toString()));
    Context reports = tomcat.addContext("/reports", null);
    Tomcat.addServlet(reports, "reports", new ReportServlet(directory));
    reports.addServletMappingDecoded("/*", "reports");
    run(tomcat, Path.of(args[0]));
  }

  private static void files(Context context) {
    Wrapper files = Tomcat.addServlet(context, "files", new DefaultServlet());
    files.setLoadOnStartup(1);
    context.addServletMappingDecoded("/", "files");
  }

  /** Starts it, waits for a line, and stops it. It is not to log its port and the time of day. */
  static void run(Tomcat tomcat, Path portFile) throws Exception {
    Logger.getLogger("").setLevel(Level.SEVERE);
    tomcat.start();
    PortFile.write(portFile, tomcat.getConnector().getLocalPort());
    Stdin.await();
    tomcat.stop();
    tomcat.destroy();
    System.out.println(tomcat.getServer().getStateName());
  }
}
