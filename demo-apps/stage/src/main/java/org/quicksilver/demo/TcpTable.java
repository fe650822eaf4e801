package org.quicksilver.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The kernel's list of TCP connections, {@code /proc/PID/net/tcp} and {@code tcp6}; listening
 * sockets left out.
 *
 * @param byDescriptor the connections by what the descriptor's link in {@code /proc/PID/fd} says
 */
record TcpTable(Map<String, Connection> byDescriptor) {
  private static final String LISTEN = "0A";
  private static final String CLOSE_WAIT = "08";

  /** One end of a connection, as this host sees it. */
  record Connection(int localPort, int remotePort, boolean closeWait) {}

  static TcpTable of(long pid) throws IOException {
    Map<String, Connection> connections = new HashMap<>();
    for (String table : List.of("tcp", "tcp6")) {
      Path file = Path.of("/proc", Long.toString(pid), "net", table);
      if (Files.exists(file)) {
        Files.readAllLines(file).stream().skip(1).forEach(line -> add(connections, line));
      }
    }
    return new TcpTable(connections);
  }

  private static void add(Map<String, Connection> connections, String line) {
    String[] columns = line.trim().split("\\s+");
    String state = columns[3];
    if (!state.equals(LISTEN)) {
      connections.put(
          "socket:[" + columns[9] + "]",
          new Connection(port(columns[1]), port(columns[2]), state.equals(CLOSE_WAIT)));
    }
  }

  private static int port(String address) {
    return Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
  }
}
