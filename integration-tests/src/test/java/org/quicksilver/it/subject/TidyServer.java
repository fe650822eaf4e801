package org.quicksilver.it.subject;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * Keeps a file open for each client, and knows when it is gone; but closes what it held for it only
 * when a line with the client's number tells it to: {@code <file>}.
 */
public final class TidyServer {

  private final Map<Integer, CountDownLatch> told = new ConcurrentHashMap<>();

  private TidyServer() {}

  /** Serves. */
  public static void main(String[] args) throws IOException {
    TidyServer server = new TidyServer();
    new Thread(server::listenToStdin).start();
    try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      System.out.println("listening on " + listener.getLocalPort());
      for (int number = 1; ; number++) {
        int client = number;
        Socket socket = listener.accept();
        new Thread(() -> server.serve(client, socket, args[0])).start();
      }
    }
  }

  private void listenToStdin() {
    try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in))) {
      String line;
      while ((line = in.readLine()) != null) {
        latch(Integer.parseInt(line)).countDown();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private CountDownLatch latch(int client) {
    return told.computeIfAbsent(client, any -> new CountDownLatch(1));
  }

  private void serve(int client, Socket socket, String path) {
    try (socket;
        FileInputStream file = new FileInputStream(path)) {
      socket.getOutputStream().write(file.read());
      while (socket.getInputStream().read() >= 0) {
        // Whatever it says.
      }
      System.out.println("gone: " + client);
      latch(client).await();
    } catch (IOException | InterruptedException e) {
      System.out.println(client + ": " + e);
    }
    System.out.println("tidied: " + client);
  }
}
