package org.quicksilver.handle;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Endpoints as text, the same on both sides of a connection: {@code 127.0.0.1:80}, {@code
 * [20010db8...]:80} (16 bytes in hexadecimal), and a connection as {@code local -> remote}. An IPv4
 * address inside IPv6 is written as IPv4.
 */
public final class Endpoints {

  private static final byte[] ARROW = " -> ".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] NOWHERE = new byte[4];

  private Endpoints() {}

  /** The two ends of a connection, ISO-8859-1. No name is looked up. */
  public static byte[] connection(
      @Nullable InetAddress local, int localPort, @Nullable InetAddress remote, int remotePort) {
    byte[] here = bytes(local);
    byte[] there = bytes(remote);
    int ends = length(here, localPort) + length(there, remotePort);
    byte[] text = new byte[ends + ARROW.length];
    int at = put(text, 0, here, localPort);
    System.arraycopy(ARROW, 0, text, at, ARROW.length);
    put(text, at + ARROW.length, there, remotePort);
    return text;
  }

  /** One end, ISO-8859-1. */
  public static byte[] endpoint(@Nullable InetAddress address, int port) {
    byte[] bytes = bytes(address);
    byte[] text = new byte[length(bytes, port)];
    put(text, 0, bytes, port);
    return text;
  }

  /**
   * The two ends of a channel's connection; for addresses that are not of the Internet, as they
   * print themselves.
   */
  public static byte[] connection(@Nullable SocketAddress local, @Nullable SocketAddress remote) {
    if (local instanceof InetSocketAddress l && remote instanceof InetSocketAddress r) {
      return connection(l.getAddress(), l.getPort(), r.getAddress(), r.getPort());
    }
    return (local + " -> " + remote).getBytes(StandardCharsets.UTF_8);
  }

  /** One end of a channel. */
  public static byte[] endpoint(@Nullable SocketAddress address) {
    return address instanceof InetSocketAddress a
        ? endpoint(a.getAddress(), a.getPort())
        : String.valueOf(address).getBytes(StandardCharsets.UTF_8);
  }

  /** The local end of a connection's text, or the whole if there is no arrow. */
  public static String local(String connection) {
    int arrow = connection.indexOf(" -> ");
    return arrow < 0 ? connection : connection.substring(0, arrow);
  }

  /** The remote end of a connection's text, empty if there is no arrow. */
  public static String remote(String connection) {
    int arrow = connection.indexOf(" -> ");
    return arrow < 0 ? "" : connection.substring(arrow + 4);
  }

  private static byte[] bytes(@Nullable InetAddress address) {
    return address == null ? NOWHERE : address.getAddress();
  }

  /** Where the IPv4 address begins in it; -1 if there is none. */
  private static int four(byte[] bytes) {
    if (bytes.length == 4) {
      return 0;
    }
    return isMapped(bytes) ? 12 : -1;
  }

  /** How long it is as text: said beforehand, so that each is made in one piece. */
  private static int length(byte[] bytes, int port) {
    int from = four(bytes);
    int length = 1 + digits(port);
    if (from < 0) {
      return length + 2 + 2 * bytes.length;
    }
    length += 3;
    for (int k = 0; k < 4; k++) {
      length += digits(bytes[from + k] & 0xff);
    }
    return length;
  }

  private static int put(byte[] text, int at, byte[] bytes, int port) {
    int from = four(bytes);
    int i = from < 0 ? six(text, at, bytes) : decimal(text, at, bytes, from);
    text[i++] = ':';
    return number(text, i, port);
  }

  private static int six(byte[] text, int at, byte[] bytes) {
    int i = at;
    text[i++] = '[';
    for (byte b : bytes) {
      text[i++] = HEX[b >> 4 & 15];
      text[i++] = HEX[b & 15];
    }
    text[i++] = ']';
    return i;
  }

  private static boolean isMapped(byte[] bytes) {
    for (int i = 0; i < 10; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return bytes[10] == -1 && bytes[11] == -1;
  }

  private static int decimal(byte[] text, int at, byte[] bytes, int from) {
    int i = at;
    for (int k = 0; k < 4; k++) {
      if (k > 0) {
        text[i++] = '.';
      }
      i = number(text, i, bytes[from + k] & 0xff);
    }
    return i;
  }

  private static int digits(int value) {
    int digits = 1;
    for (int rest = value / 10; rest > 0; rest /= 10) {
      digits++;
    }
    return digits;
  }

  private static int number(byte[] text, int at, int value) {
    int digits = digits(value);
    int rest = value;
    for (int i = at + digits - 1; i >= at; i--) {
      text[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return at + digits;
  }
}
