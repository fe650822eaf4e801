package legacy;

import java.awt.Window;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Shows a window for each client that asks for one.
 *
 * <pre>
 * OPEN title  OK
 * TEXT text   OK
 * CLOSE       OK
 * COUNT       OK number of windows on the screen
 * QUIT        BYE
 * </pre>
 *
 * <p>The window of a client that ends without CLOSE stays, for the user to read, and goes when he
 * closes it; then the client is told, so its socket is kept as long. If the client was killed and
 * nobody sits in front of the screen, both stay for ever.
 */
public final class WindowServer {
  private static final String USAGE = "legacy.WindowServer <port>";

  private final Map<Integer, WindowSession> sessions = new ConcurrentHashMap<>();

  private WindowServer() {}

  /** Serves on the port of the first argument. */
  public static void main(String[] args) throws IOException {
    Usage.check(args, 1, USAGE);
    try {
      InetSocketAddress address = Address.parse(args[0]);
      Listener.serve(address, new WindowServer()::onConnection);
    } catch (IllegalArgumentException e) {
      Usage.fail(USAGE, e.getMessage());
    }
  }

  private void onConnection(int number, LineSocket client) {
    WindowSession session = new WindowSession(this, number, client);
    sessions.put(number, session);
    new Thread(session, "window-session-" + number).start();
  }

  /** How many windows are on the screen, by the window system's own account. */
  static long count() {
    return Arrays.stream(Window.getWindows()).filter(Window::isShowing).count();
  }

  void forget(int number) {
    sessions.remove(number);
  }
}
