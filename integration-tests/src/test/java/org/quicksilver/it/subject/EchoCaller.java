package org.quicksilver.it.subject;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Random;

/** Calls an echo server with messages of many sizes, by socket and by channel: {@code <port>}. */
public final class EchoCaller {

  private EchoCaller() {}

  /** Runs to the end. */
  public static void main(String[] args) throws IOException {
    InetSocketAddress address = new InetSocketAddress("localhost", Integer.parseInt(args[0]));
    Random random = new Random(3);
    for (int size = 1; size < 200_000; size = size * 3 + 1) {
      byte[] message = new byte[size];
      random.nextBytes(message);
      System.out.println(size + " by socket: " + bySocket(address, message));
      System.out.println(size + " by channel: " + byChannel(address, message));
    }
  }

  private static boolean bySocket(InetSocketAddress address, byte[] message) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(address, 10_000);
      socket.setSoTimeout(30_000);
      OutputStream out = socket.getOutputStream();
      out.write(message);
      socket.shutdownOutput();
      InputStream in = socket.getInputStream();
      return Arrays.equals(message, in.readNBytes(message.length));
    }
  }

  private static boolean byChannel(InetSocketAddress address, byte[] message) throws IOException {
    try (SocketChannel channel = SocketChannel.open(address)) {
      ByteBuffer out = ByteBuffer.wrap(message);
      ByteBuffer in = ByteBuffer.allocate(message.length);
      while (out.hasRemaining()) {
        channel.write(out);
      }
      while (in.hasRemaining() && channel.read(in) >= 0) {
        // until all is back
      }
      return Arrays.equals(message, in.array());
    }
  }
}
