package legacy;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Reads addresses from the command line. */
final class Address {
  private Address() {}

  /** An address written {@code port} (on the loopback interface) or {@code host:port}. */
  static InetSocketAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    int port = port(text, text.substring(colon + 1));
    if (colon < 0) {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
    return new InetSocketAddress(text.substring(0, colon), port);
  }

  private static int port(String text, String digits) {
    try {
      int port = Integer.parseInt(digits);
      if (port >= 0 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException("not a port or host:port: " + text);
  }
}
