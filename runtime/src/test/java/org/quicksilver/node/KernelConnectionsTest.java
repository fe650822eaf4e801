package org.quicksilver.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quicksilver.handle.Endpoints;
import org.quicksilver.node.KernelConnections.End;

/** What the kernel of this machine has of connections of this process. */
class KernelConnectionsTest {

  private static final long PID = ProcessHandle.current().pid();

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void endGoesFromWaitingToHeldToNone(String host) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName(host))) {
      Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
      String opened = text(client, false);
      String accepted = text(client, true);
      assertEquals(
          Map.of(opened, End.HELD, accepted, End.WAITING),
          KernelConnections.ends(List.of(PID, PID), List.of(opened, accepted)));
      client.close();
      assertEquals(End.NONE, KernelConnections.end(PID, opened));
      assertEquals(End.WAITING, KernelConnections.end(PID, accepted), "its client has gone");
      Socket connection = server.accept();
      assertEquals(End.HELD, KernelConnections.end(PID, accepted));
      connection.close();
      assertEquals(End.NONE, KernelConnections.end(PID, accepted));
    }
  }

  private static String text(Socket client, boolean fromServer) {
    return new String(
        fromServer
            ? Endpoints.connection(client.getRemoteSocketAddress(), client.getLocalSocketAddress())
            : Endpoints.connection(client.getLocalSocketAddress(), client.getRemoteSocketAddress()),
        StandardCharsets.ISO_8859_1);
  }

  @Test
  void whatCannotBeLookedUpIsUnknown() {
    String connection = "127.0.0.1:40001 -> 127.0.0.1:1";
    assertEquals(End.UNKNOWN, KernelConnections.end(Integer.MAX_VALUE, connection));
    assertEquals(End.UNKNOWN, KernelConnections.end(PID, " -> /run/socket"));
    assertEquals(End.NONE, KernelConnections.end(PID, connection));
  }
}
