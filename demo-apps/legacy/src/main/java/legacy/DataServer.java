package legacy;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps blocks, one file each. A pinned block stays open, so that nobody can take it away.
 *
 * <pre>
 * PIN block               OK pin length
 * READ pin offset length  OK base64
 * UNPIN pin               OK
 * QUIT                    BYE
 * </pre>
 *
 * <p>A pin may be undone over any connection, because it may have been handed on. So the end of a
 * connection is not the end of its pins: the session waits until they are undone. If the one who
 * knew their numbers was killed, it waits for ever.
 */
public final class DataServer {
  private static final String USAGE = "legacy.DataServer <port> <block-directory>";

  private final File directory;
  private final AtomicInteger lastPin = new AtomicInteger();
  private final Map<Integer, DataSession> pins = new ConcurrentHashMap<>();

  private DataServer(File directory) {
    this.directory = directory;
  }

  /** Serves on the port of the first argument the blocks in the directory of the second. */
  public static void main(String[] args) throws IOException {
    Usage.check(args, 2, USAGE);
    try {
      InetSocketAddress address = Address.parse(args[0]);
      DataServer server = new DataServer(new File(args[1]));
      if (!server.directory.isDirectory()) {
        throw new IllegalArgumentException("not a directory: " + args[1]);
      }
      Listener.serve(address, server::onConnection);
    } catch (IllegalArgumentException e) {
      Usage.fail(USAGE, e.getMessage());
    }
  }

  private void onConnection(int number, LineSocket client) {
    new Thread(new DataSession(this, number, client), "data-session-" + number).start();
  }

  RandomAccessFile open(String block) throws IOException {
    if (block.contains("/") || block.startsWith(".")) {
      throw new FileNotFoundException("no such block: " + block);
    }
    return new RandomAccessFile(new File(directory, block), "r");
  }

  int newPin(DataSession session) {
    int pin = lastPin.incrementAndGet();
    pins.put(pin, session);
    return pin;
  }

  void unpin(int pin) throws IOException {
    DataSession session = pins.remove(pin);
    if (session == null) {
      throw new IOException("no such pin: " + pin);
    }
    session.unpin(pin);
  }
}
