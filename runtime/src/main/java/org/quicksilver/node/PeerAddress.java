package org.quicksilver.node;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.quicksilver.config.Home;

/**
 * One address of the option {@code peers}: the home directory of another node of this user, or its
 * loopback port.
 *
 * @param text as written
 */
record PeerAddress(String text) {

  /**
   * Reads the option.
   *
   * @throws IOException if an address is malformed; the message shows the forms
   */
  static List<PeerAddress> parse(List<String> texts) throws IOException {
    List<PeerAddress> addresses = new ArrayList<>();
    for (String text : texts) {
      PeerAddress address = new PeerAddress(text);
      if (!address.isHome() && ListenAddress.parse(text).isEmpty()) {
        throw new IOException("bad value '" + text + "' for peers; write DIR or 127.0.0.1:PORT");
      }
      addresses.add(address);
    }
    return addresses;
  }

  private boolean isHome() {
    return text.contains("/");
  }

  /**
   * Where to dial.
   *
   * @throws IOException if the address names no host
   */
  SocketAddress socketAddress() throws IOException {
    if (isHome()) {
      return UnixDomainSocketAddress.of(new Home(Path.of(text)).socket());
    }
    InetSocketAddress address =
        ListenAddress.parse(text).orElseThrow(() -> new IOException("no address"));
    if (address.isUnresolved() || !address.getAddress().isLoopbackAddress()) {
      throw new IOException(
          text + " is not on this machine: nodes of other hosts cannot be linked yet");
    }
    return address;
  }

  @Override
  public String toString() {
    return text;
  }
}
