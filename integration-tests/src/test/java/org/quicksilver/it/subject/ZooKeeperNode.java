package org.quicksilver.it.subject;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;

/** ZooKeeper's server: {@code <port file> <directory>}. Stops on a line. */
public final class ZooKeeperNode {

  private static final int TICK_MILLIS = 2000;
  private static final int MOST_CLIENTS = 60;

  private ZooKeeperNode() {}

  /** Serves. */
  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[1]);
    ZooKeeperServer server =
        new ZooKeeperServer(
            directory.resolve("snapshots").toFile(),
            directory.resolve("log").toFile(),
            TICK_MILLIS);
    NIOServerCnxnFactory door = new NIOServerCnxnFactory();
    door.configure(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), MOST_CLIENTS);
    door.startup(server);
    PortFile.write(Path.of(args[0]), door.getLocalPort());
    Stdin.await();
    System.out.println("nodes: " + server.getZKDatabase().getNodeCount());
    door.shutdown();
    server.shutdown();
    System.out.println("running: " + server.isRunning());
  }
}
