package org.quicksilver.it.subject;

import java.nio.file.Path;
import org.h2.tools.Server;

/** H2's TCP server: {@code <port file> <directory of the databases>}. Stops on a line. */
public final class H2TcpServer {

  private H2TcpServer() {}

  /** Serves. */
  public static void main(String[] args) throws Exception {
    Server server =
        Server.createTcpServer("-tcpPort", "0", "-baseDir", args[1], "-ifNotExists").start();
    PortFile.write(Path.of(args[0]), server.getPort());
    Stdin.await();
    server.stop();
    System.out.println("stopped, running: " + server.isRunning(false));
  }
}
