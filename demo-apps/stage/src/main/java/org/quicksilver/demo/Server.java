package org.quicksilver.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A legacy server that listens.
 *
 * @param child its process
 * @param port where it listens
 * @param hasWindows whether it can be asked for its windows
 */
record Server(Child child, int port, boolean hasWindows) {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  String name() {
    return child.name();
  }

  /** The number of windows it shows by the window system's account: COUNT in its protocol. */
  int windows() {
    if (!hasWindows) {
      return 0;
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) TIMEOUT.toMillis());
      return ask(socket);
    } catch (IOException | NumberFormatException e) {
      throw new DemoException(name() + " does not say how many windows it shows", e);
    }
  }

  /** Reads to the end, so that the server has closed its side when this returns. */
  private static int ask(Socket socket) throws IOException {
    socket.getOutputStream().write("COUNT\nQUIT\n".getBytes(StandardCharsets.UTF_8));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    String[] answer = in.lines().toArray(String[]::new);
    if (answer.length == 0 || !answer[0].startsWith("OK ")) {
      throw new IOException("it answers " + String.join(" / ", answer));
    }
    return Integer.parseInt(answer[0].substring("OK ".length()));
  }
}
