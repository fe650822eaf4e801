package org.quicksilver.handle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EndpointsTest {

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static String endpoint(byte[] address, int port) throws Exception {
    return text(Endpoints.endpoint(InetAddress.getByAddress(address), port));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 80, 127.0.0.1:80",
    "255.255.255.255, 65535, 255.255.255.255:65535",
    "0.0.0.0, 0, 0.0.0.0:0",
    "::1, 7, [00000000000000000000000000000001]:7",
    "2001:db8::ff, 443, [20010db80000000000000000000000ff]:443",
    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 65535, [ffffffffffffffffffffffffffffffff]:65535",
  })
  void anEndpointIsAddressAndPort(String literal, int port, String expected) throws Exception {
    assertEquals(expected, text(Endpoints.endpoint(InetAddress.getByName(literal), port)));
    assertEquals(expected, text(Endpoints.endpoint(new InetSocketAddress(literal, port))));
  }

  @Test
  void anAddressInsideIpv6IsWrittenAsIpv4() throws Exception {
    byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 1, 2, 3};
    assertEquals(
        endpoint(new byte[] {10, 1, 2, 3}, 99),
        text(Endpoints.endpoint(java.net.Inet6Address.getByAddress(null, mapped, -1), 99)));
  }

  @Test
  void whatOnlyLooksLikeAMappedAddressIsIpv6() throws Exception {
    byte[] compatible = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10, 1, 2, 3};
    assertEquals("[0000000000000000000000000a010203]:1", endpoint(compatible, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void bothSidesOfAConnectionWriteTheSameTwoEndpoints(String literal) throws Exception {
    InetAddress address = InetAddress.getByName(literal);
    try (ServerSocket listener = new ServerSocket(0, 1, address);
        Socket client = new Socket(address, listener.getLocalPort());
        Socket server = listener.accept()) {
      String opened = ofSocket(client);
      String accepted = ofSocket(server);
      assertEquals(Endpoints.local(opened), Endpoints.remote(accepted));
      assertEquals(Endpoints.remote(opened), Endpoints.local(accepted));
    }
  }

  private static String ofSocket(Socket socket) {
    return text(
        Endpoints.connection(
            socket.getLocalAddress(),
            socket.getLocalPort(),
            socket.getInetAddress(),
            socket.getPort()));
  }

  @Test
  void aSocketAndAChannelWriteTheSame() throws Exception {
    try (ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      InetSocketAddress at = (InetSocketAddress) listener.getLocalAddress();
      try (Socket client = new Socket(at.getAddress(), at.getPort());
          SocketChannel server = listener.accept()) {
        String accepted =
            text(Endpoints.connection(server.getLocalAddress(), server.getRemoteAddress()));
        assertEquals(Endpoints.remote(accepted), Endpoints.local(ofSocket(client)));
        assertEquals(Endpoints.local(accepted), Endpoints.remote(ofSocket(client)));
      }
    }
  }

  @Test
  void aUnixDomainSocketIsWrittenAsItsPath(@TempDir Path directory) throws Exception {
    UnixDomainSocketAddress at = UnixDomainSocketAddress.of(directory.resolve("s"));
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(at);
      assertEquals(at.toString(), text(Endpoints.endpoint(listener.getLocalAddress())));
      try (SocketChannel client = SocketChannel.open(at)) {
        String text =
            text(Endpoints.connection(client.getLocalAddress(), client.getRemoteAddress()));
        assertEquals(at.toString(), Endpoints.remote(text));
      }
    }
  }

  @Test
  void nowhereIsWrittenAsZeros() {
    assertEquals(
        "0.0.0.0:0 -> 0.0.0.0:0", text(Endpoints.connection((InetAddress) null, 0, null, 0)));
    assertEquals("null", text(Endpoints.endpoint((java.net.SocketAddress) null)));
    assertEquals(
        "0.0.0.0:80",
        text(Endpoints.endpoint(InetSocketAddress.createUnresolved("nowhere.invalid", 80))));
  }

  @Test
  void aTextWithoutAnArrowIsALocalEnd() {
    assertEquals("1.2.3.4:5", Endpoints.local("1.2.3.4:5"));
    assertEquals("", Endpoints.remote("1.2.3.4:5"));
    assertEquals("", Endpoints.local(""));
  }
}
