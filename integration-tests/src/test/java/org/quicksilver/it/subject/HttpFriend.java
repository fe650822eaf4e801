package org.quicksilver.it.subject;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Keeps one connection to a web server. Each line of standard input is a path to fetch; prints it
 * with its status: {@code <port>}. Ends with its input.
 */
public final class HttpFriend {

  private static final String LENGTH = "content-length:";

  private HttpFriend() {}

  /** Stays until its input ends. */
  public static void main(String[] args) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in))) {
      System.out.println("connected");
      for (String path = in.readLine(); path != null; path = in.readLine()) {
        String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        System.out.println("answered " + path + " " + answer(socket.getInputStream()));
      }
    }
  }

  /** Status and length. */
  private static String answer(InputStream in) throws IOException {
    String status = line(in).split(" ")[1];
    int length = -1;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
        length = Integer.parseInt(header.substring(LENGTH.length()).strip());
      }
    }
    return status + " " + (length >= 0 ? in.readNBytes(length).length : chunks(in));
  }

  private static int chunks(InputStream in) throws IOException {
    int length = 0;
    for (int next = chunk(in); next > 0; next = chunk(in)) {
      length += next;
    }
    return length;
  }

  private static int chunk(InputStream in) throws IOException {
    int length = Integer.parseInt(line(in), 16);
    in.readNBytes(length);
    line(in);
    return length;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("cut off after '" + line + "'");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }
}
