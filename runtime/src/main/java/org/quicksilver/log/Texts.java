package org.quicksilver.log;

import java.nio.charset.StandardCharsets;

/** Keys and values of callers as bytes, of bounded length. */
final class Texts {

  static final int LONGEST_VALUE = 512 * 1024;
  static final int LONGEST_KEY = 1024;

  private Texts() {}

  static byte[] key(String key) {
    return bytes(key, LONGEST_KEY, "a key");
  }

  static byte[] value(String json) {
    return bytes(json, LONGEST_VALUE, "a value");
  }

  /** A value as it is. */
  static byte[] checked(byte[] value) {
    return checked(value, LONGEST_VALUE, "a value");
  }

  /** The text of the first bytes. */
  static String text(byte[] bytes, int length) {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text, int longest, String what) {
    return checked(text.getBytes(StandardCharsets.UTF_8), longest, what);
  }

  private static byte[] checked(byte[] bytes, int longest, String what) {
    if (bytes.length > longest) {
      throw new IllegalArgumentException(
          what + " of " + bytes.length + " bytes; at most " + longest + " can be stored");
    }
    return bytes;
  }
}
