package org.quicksilver.node;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/** The option {@code listen}: {@code host:port}, or nothing. */
final class ListenAddress {

  private ListenAddress() {}

  /**
   * Reads it; a name is looked up.
   *
   * @throws IOException if it is malformed; the message shows the form
   */
  static Optional<InetSocketAddress> parse(String text) throws IOException {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    int colon = text.lastIndexOf(':');
    String port = text.substring(colon + 1);
    if (colon < 1 || !port.matches("\\d{1,5}") || Integer.parseInt(port) > 65535) {
      throw new IOException("bad value '" + text + "' for listen; write listen=127.0.0.1:PORT");
    }
    return Optional.of(new InetSocketAddress(text.substring(0, colon), Integer.parseInt(port)));
  }
}
