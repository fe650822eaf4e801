package legacy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Accepts connections for ever. */
final class Listener {
  private Listener() {}

  /** What a server does with a connection; it must not keep the accepting thread. */
  interface Handler {
    void onConnection(int number, LineSocket client) throws IOException;
  }

  /** Listens on the address (port 0: any free one), prints {@code listening on PORT} and serves. */
  static void serve(InetSocketAddress address, Handler handler) throws IOException {
    try (ServerSocket listener = new ServerSocket()) {
      listener.bind(address);
      System.out.println("listening on " + listener.getLocalPort());
      for (int number = 1; ; number++) {
        handler.onConnection(number, new LineSocket(listener.accept()));
      }
    }
  }
}
