package legacy;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Knows where files live. Its index has a line {@code name path block,block...} for each; the
 * blocks of a file that was looked up are pinned at the {@link DataServer} until it is released.
 *
 * <pre>
 * LOOKUP name   OK path length
 * RELEASE name  OK
 * QUIT          BYE
 * </pre>
 *
 * <p>Sessions are kept in a table and leave it, closing what they hold, on QUIT. A connection that
 * ends without it gives its thread back to the pool; its session remains.
 */
public final class DirectoryServer {
  private static final String USAGE =
      "legacy.DirectoryServer <port> <[host:]port of the data server> <index-file>";

  private final InetSocketAddress dataServer;
  private final File index;
  private final Map<Integer, DirectorySession> sessions = new ConcurrentHashMap<>();
  private final ThreadPoolExecutor pool =
      new ThreadPoolExecutor(2, 64, 60, TimeUnit.SECONDS, new SynchronousQueue<>());

  private DirectoryServer(InetSocketAddress dataServer, File index) {
    this.dataServer = dataServer;
    this.index = index;
  }

  /**
   * Serves on the port of the first argument; asks the data server of the second; index in the
   * third.
   */
  public static void main(String[] args) throws IOException {
    Usage.check(args, 3, USAGE);
    try {
      InetSocketAddress address = Address.parse(args[0]);
      DirectoryServer server = new DirectoryServer(Address.parse(args[1]), new File(args[2]));
      if (!server.index.isFile()) {
        throw new IllegalArgumentException("no such file: " + args[2]);
      }
      Listener.serve(address, server::onConnection);
    } catch (IllegalArgumentException e) {
      Usage.fail(USAGE, e.getMessage());
    }
  }

  private void onConnection(int number, LineSocket client) {
    DirectorySession session = new DirectorySession(this, number, client);
    sessions.put(number, session);
    pool.execute(session);
  }

  File index() {
    return index;
  }

  LineSocket connectToDataServer() throws IOException {
    return LineSocket.connect(dataServer);
  }

  void forget(int number) {
    sessions.remove(number);
  }
}
