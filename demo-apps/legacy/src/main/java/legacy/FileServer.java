package legacy;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Serves files by name, having asked the {@link DirectoryServer} where they live. Each session
 * writes a journal.
 *
 * <pre>
 * OPEN name               OK id length
 * READ id offset length   OK base64
 * WRITE id offset base64  OK
 * CLOSE id                OK
 * QUIT                    BYE
 * </pre>
 *
 * <p>One thread of a session reads commands and puts them in a queue, another takes them out and
 * carries them out. The reader stops at end of file, and nobody tells the worker: it waits for a
 * command that never comes, and keeps the files, the journal, the connection to the directory
 * server and the socket of the client that is gone.
 */
public final class FileServer {
  private static final String USAGE =
      "legacy.FileServer <port> <[host:]port of the directory server> <root-directory>";

  private final InetSocketAddress directoryServer;
  private final File root;
  private final Map<Integer, FileSession> sessions = new ConcurrentHashMap<>();

  private FileServer(InetSocketAddress directoryServer, File root) {
    this.directoryServer = directoryServer;
    this.root = root;
  }

  /**
   * Serves on the port of the first argument; asks the directory server of the second; files in the
   * third.
   */
  public static void main(String[] args) throws IOException {
    Usage.check(args, 3, USAGE);
    try {
      InetSocketAddress address = Address.parse(args[0]);
      FileServer server = new FileServer(Address.parse(args[1]), new File(args[2]));
      if (!server.root.isDirectory()) {
        throw new IllegalArgumentException("not a directory: " + args[2]);
      }
      Listener.serve(address, server::onConnection);
    } catch (IllegalArgumentException e) {
      Usage.fail(USAGE, e.getMessage());
    }
  }

  private void onConnection(int number, LineSocket client) {
    FileSession session = new FileSession(this, number, client);
    sessions.put(number, session);
    new Thread(session, "file-session-" + number).start();
  }

  File root() {
    return root;
  }

  LineSocket connectToDirectoryServer() throws IOException {
    return LineSocket.connect(directoryServer);
  }

  void forget(int number) {
    sessions.remove(number);
  }
}
