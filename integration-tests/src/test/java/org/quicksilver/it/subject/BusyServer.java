package org.quicksilver.it.subject;

import java.io.BufferedReader;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * Has other things to do than to accept: one client for each line on standard input, which lets it
 * wait for as long as it takes. For each it opens a file and keeps that and the connection: {@code
 * <file>}; if the line says {@code refuse} it cuts the connection off instead.
 */
public final class BusyServer {

  private static final List<Object> KEPT = new ArrayList<>();

  private BusyServer() {}

  /** Serves until its standard input ends. */
  public static void main(String[] args) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      System.out.println("listening on " + server.getLocalPort());
      BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        Socket client = server.accept();
        if (line.equals("refuse")) {
          refuse(client);
        } else {
          serve(client, args[0]);
        }
      }
    }
  }

  private static void serve(Socket client, String file) throws IOException {
    KEPT.add(client);
    client.getInputStream().read();
    KEPT.add(new FileOutputStream(file));
    System.out.println("served");
  }

  /** Without a farewell, so that the kernel forgets the connection at once. */
  private static void refuse(Socket client) throws IOException {
    client.setSoLinger(true, 0);
    client.close();
    System.out.println("refused");
  }
}
