package org.quicksilver.it.subject;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/**
 * Stays connected to an echo server: sends each line of its input and prints {@code echo} and what
 * comes back, until there is an empty one: {@code <port>}.
 */
public final class EchoFriend {

  private EchoFriend() {}

  /** Runs until told to end. */
  public static void main(String[] args) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
        BufferedReader stdin = new BufferedReader(new InputStreamReader(System.in));
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream()))) {
      OutputStream out = socket.getOutputStream();
      String line;
      while (!(line = stdin.readLine()).isEmpty()) {
        out.write((line + "\n").getBytes());
        System.out.println("echo " + in.readLine());
      }
    }
  }
}
