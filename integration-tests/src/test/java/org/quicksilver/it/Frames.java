package org.quicksilver.it;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Random;

/**
 * What a node's control socket must bear. A frame is its length, a type and fields, big-endian;
 * numbers have eight bytes, texts a length of four.
 */
final class Frames {

  private static final int HELLO = 2;
  private static final int WELCOME = 3;
  private static final int ADMIN_REQUEST = 14;
  private static final long NO_SUCH_VERSION = 4711;

  private Frames() {}

  /** Sends bytes, which the node must answer by closing the connection. */
  static void send(Path socket, byte[] bytes) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      channel.write(ByteBuffer.wrap(bytes));
      ByteBuffer answer = ByteBuffer.allocate(1024);
      while (channel.read(answer.clear()) >= 0) {
        // Why it does not like them.
      }
    } catch (IOException e) {
      if (!String.valueOf(e.getMessage()).matches("Broken pipe|Connection reset.*")) {
        throw e;
      }
    }
  }

  /** Sends bytes and leaves. */
  static void sendAndLeave(Path socket, byte[] bytes) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      channel.write(ByteBuffer.wrap(bytes));
    }
  }

  static byte[] random(Random random) {
    byte[] bytes = new byte[16 + random.nextInt(50_000)];
    random.nextBytes(bytes);
    return bytes;
  }

  /** A frame that claims that length. */
  static byte[] ofLength(int length) {
    return ByteBuffer.allocate(64).putInt(length).put((byte) ADMIN_REQUEST).array();
  }

  static byte[] ofUnknownType() {
    return ByteBuffer.allocate(5).putInt(1).put((byte) 99).array();
  }

  static byte[] helloOfAnotherVersion() {
    ByteBuffer frame = frame(HELLO, 3 * Long.BYTES + 2 * Integer.BYTES);
    return frame.putLong(NO_SUCH_VERSION).putLong(1).putLong(1).putInt(0).putInt(0).array();
  }

  static byte[] requestOfAnotherVersion() {
    ByteBuffer frame = frame(ADMIN_REQUEST, Long.BYTES + 2 * Integer.BYTES);
    return frame.putLong(NO_SUCH_VERSION).putInt(0).putInt(0).array();
  }

  /** What only the node may say. */
  static byte[] welcome() {
    ByteBuffer frame = frame(WELCOME, 2 * Long.BYTES + Integer.BYTES);
    return frame.putLong(1).putLong(1).putInt(0).array();
  }

  private static ByteBuffer frame(int type, int fields) {
    return ByteBuffer.allocate(Integer.BYTES + 1 + fields).putInt(1 + fields).put((byte) type);
  }
}
