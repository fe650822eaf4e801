package org.quicksilver.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.HexFormat;

/**
 * Whether an endpoint, as {@link org.quicksilver.handle.Endpoints} writes it, is of this host.
 * Stateless; asks the kernel.
 */
final class HostAddresses {

  private HostAddresses() {}

  static boolean isLocal(String endpoint) {
    try {
      InetAddress address = address(endpoint);
      return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  /** Its address; no name is looked up. */
  static InetAddress address(String endpoint) throws IOException {
    int colon = endpoint.lastIndexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("no endpoint: " + endpoint);
    }
    String host = endpoint.substring(0, colon);
    return InetAddress.getByAddress(
        host.startsWith("[")
            ? HexFormat.of().parseHex(host.substring(1, host.length() - 1))
            : four(host));
  }

  private static byte[] four(String host) {
    String[] parts = host.split("\\.");
    byte[] bytes = new byte[parts.length];
    for (int i = 0; i < parts.length; i++) {
      bytes[i] = (byte) Integer.parseInt(parts[i]);
    }
    return bytes;
  }
}
