package org.quicksilver.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The first bytes of a Chronicle Map file. Looked at before Chronicle does, because Chronicle waits
 * a minute for somebody to finish a file that is none of its own.
 *
 * <pre>
 *   0          8                  12
 *   +----------+------------------+------------------------------------------------+
 *   | checksum | length, not ready| !net.openhft.chronicle.map.VanillaChronicleMap |   little-endian
 *   +----------+------------------+------------------------------------------------+
 * </pre>
 */
final class MapHeader {

  private static final String TYPE = "!net.openhft.chronicle.map.VanillaChronicleMap ";
  private static final int TEXT_AT = 12;
  private static final int LENGTH_AT = 8;
  private static final int LONGEST_TEXT = 64 * 1024;

  private MapHeader() {}

  /**
   * Checks that a file begins like a finished map.
   *
   * @throws IOException if it does not; the message says why
   */
  static void check(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(file + " is not a regular file");
    }
    byte[] type = TYPE.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer start = ByteBuffer.allocate(TEXT_AT + type.length).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (start.hasRemaining() && channel.read(start) >= 0) {}
      if (start.hasRemaining() || !start.flip().position(TEXT_AT).equals(ByteBuffer.wrap(type))) {
        throw new IOException(file + " is not a Chronicle Map file");
      }
      int length = start.getInt(LENGTH_AT);
      if (length <= type.length || length > LONGEST_TEXT || length > channel.size()) {
        throw new IOException(file + " is not a finished Chronicle Map file");
      }
    }
  }
}
