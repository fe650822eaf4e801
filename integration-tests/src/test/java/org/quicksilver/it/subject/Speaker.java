package org.quicksilver.it.subject;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Keeps a connection to each of some servers. A line {@code <number of the server> <request>} on
 * standard input goes to it; what they answer is printed: {@code <port>...}.
 */
public final class Speaker {

  private Speaker() {}

  /** Stays until its standard input ends. */
  public static void main(String[] args) throws IOException {
    Socket[] sockets = new Socket[args.length];
    for (int i = 0; i < args.length; i++) {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(args[i]));
      sockets[i] = socket;
      int number = i;
      Thread listener = new Thread(() -> print(number, socket));
      listener.setDaemon(true);
      listener.start();
    }
    System.out.println("connected");
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String request = line.substring(2) + "\n";
      sockets[line.charAt(0) - '0']
          .getOutputStream()
          .write(request.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static void print(int number, Socket socket) {
    try (BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream()))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        System.out.println("answered " + number + " " + line);
      }
    } catch (IOException e) {
      System.out.println("cut off from " + number);
    }
  }
}
