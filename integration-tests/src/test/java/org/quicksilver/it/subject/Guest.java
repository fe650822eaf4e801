package org.quicksilver.it.subject;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/**
 * Connects, waits for a byte, prints {@code connected} and stays until a line tells it to close in
 * order: {@code <port>}.
 */
public final class Guest {

  private Guest() {}

  /** Stays. */
  public static void main(String[] args) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]))) {
      socket.getInputStream().read();
      System.out.println("connected");
      Stdin.await();
    }
  }
}
