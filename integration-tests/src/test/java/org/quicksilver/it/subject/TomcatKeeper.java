package org.quicksilver.it.subject;

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
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/**
 * Opens a file for each request and keeps it: {@code <directory> [<key store>]}, over TLS if it has
 * one. Speaks HTTP/2, too: whoever of a pool has read a request goes on with it or hands it over.
 */
public final class TomcatKeeper {

  private TomcatKeeper() {}

  /** Serves until it is killed. */
  public static void main(String[] args) throws Exception {
    Logger.getLogger("").setLevel(Level.SEVERE);
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().addUpgradeProtocol(new Http2Protocol());
    if (args.length > 1) {
      secure(tomcat.getConnector(), args[1]);
    }
    Context context = tomcat.addContext("", null);
    Tomcat.addServlet(context, "keeper", new Keeper(args[0]));
    context.addServletMappingDecoded("/*", "keeper");
    tomcat.start();
    System.out.println("listening on " + tomcat.getConnector().getLocalPort());
    tomcat.getServer().await();
  }

  private static void secure(Connector connector, String store) {
    SSLHostConfig host = new SSLHostConfig();
    SSLHostConfigCertificate certificate =
        new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
    certificate.setCertificateKeystoreFile(store);
    certificate.setCertificateKeystorePassword(Tls.PASSWORD);
    host.addCertificate(certificate);
    connector.addSslHostConfig(host);
    connector.setScheme("https");
    connector.setSecure(true);
    connector.setProperty("SSLEnabled", "true");
  }

  private static final class Keeper extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final transient List<FileOutputStream> kept = new CopyOnWriteArrayList<>();
    private final String directory;

    Keeper(String directory) {
      this.directory = directory;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      kept.add(new FileOutputStream(directory + request.getPathInfo()));
      response.getWriter().print(request.getPathInfo());
    }
  }
}
