package org.quicksilver.log;

import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of the audit trail.
 *
 * <pre>
 *   in the map:   length of the key (short) | UTF-8 of the key | UTF-8 of the text
 *   archived:     {"number":7,"key":"...","line":TEXT}, in one line
 * </pre>
 *
 * @param number its number, from 1
 * @param key what makes it the same line when it is appended again
 * @param text the line, JSON
 */
record AuditLine(long number, String key, String text) {

  private static final Pattern ARCHIVED =
      Pattern.compile(
          "\\{\"number\":(\\d{1,18}),\"key\":(\"(?:[^\"\\\\]|\\\\.)*\"),\"line\":(.*)}");

  static byte[] key(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  static long number(byte[] key) {
    return ByteBuffer.wrap(key).getLong();
  }

  static byte[] value(byte[] key, byte[] text) {
    return ByteBuffer.allocate(Short.BYTES + key.length + text.length)
        .putShort((short) key.length)
        .put(key)
        .put(text)
        .array();
  }

  static byte[] keyIn(byte[] value) {
    return Arrays.copyOfRange(value, Short.BYTES, Short.BYTES + ByteBuffer.wrap(value).getShort());
  }

  static AuditLine read(long number, byte[] value) {
    int keyLength = ByteBuffer.wrap(value).getShort();
    int textAt = Short.BYTES + keyLength;
    return new AuditLine(
        number,
        new String(value, Short.BYTES, keyLength, StandardCharsets.UTF_8),
        new String(value, textAt, value.length - textAt, StandardCharsets.UTF_8));
  }

  /**
   * As one line of the archive, with its end. Line breaks between the tokens of the text become
   * spaces.
   */
  String archived() {
    return "{\"number\":"
        + number
        + ",\"key\":"
        + new JsonPrimitive(key)
        + ",\"line\":"
        + text.replace('\n', ' ').replace('\r', ' ')
        + "}\n";
  }

  /** Reads a line of the archive; empty if it is none. */
  static Optional<AuditLine> ofArchived(String line) {
    Matcher matcher = ARCHIVED.matcher(line);
    return matcher.matches()
        ? Optional.of(
            new AuditLine(
                Long.parseLong(matcher.group(1)),
                JsonParser.parseString(matcher.group(2)).getAsString(),
                matcher.group(3)))
        : Optional.empty();
  }
}
