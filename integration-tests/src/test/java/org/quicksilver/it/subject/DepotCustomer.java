package org.quicksilver.it.subject;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Keeps a {@link Depot} busy over some connections at a time, each for a few requests: {@code
 * <port> <connections>}. A line on its standard input is said to the depot over a connection of its
 * own, which stays open; the end of its input ends it in order.
 */
public final class DepotCustomer {

  private static final int REQUESTS = 25;
  private static final int HANDLES = 40;
  private static final int ASK_EVERY = 5;

  private static volatile boolean leaving;

  private final Socket socket;
  private final BufferedReader in;

  private DepotCustomer(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII), 256);
  }

  /** Works until its input ends. */
  public static void main(String[] args) throws IOException, InterruptedException {
    int port = Integer.parseInt(args[0]);
    DepotCustomer voice = new DepotCustomer(port);
    Thread[] busy = new Thread[Integer.parseInt(args[1])];
    for (int i = 0; i < busy.length; i++) {
      busy[i] = new Thread(() -> keepBusy(port));
      busy[i].start();
    }
    System.out.println("ready");
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      System.out.println(voice.ask(line) + " " + line);
    }
    leaving = true;
    for (Thread thread : busy) {
      thread.join();
    }
    voice.socket.close();
  }

  private static void keepBusy(int port) {
    try {
      while (!leaving) {
        visit(port);
      }
    } catch (IOException e) {
      System.out.println("failed: " + e);
    }
  }

  private static void visit(int port) throws IOException {
    DepotCustomer customer = new DepotCustomer(port);
    try (customer.socket) {
      for (int i = 1; i <= REQUESTS && !leaving; i++) {
        customer.ask(i % ASK_EVERY == 0 ? "ask" : "work " + HANDLES);
      }
    }
  }

  private String ask(String line) throws IOException {
    socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    String answer = in.readLine();
    if (answer == null) {
      throw new IOException("the depot is gone");
    }
    return answer;
  }
}
