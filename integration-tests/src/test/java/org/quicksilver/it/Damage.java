package org.quicksilver.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** Does to a file what disks, crashes and other people do. */
final class Damage {

  private static final int FLIPPED_BITS = 20;

  private Damage() {}

  /** Damage of that number: cut short, emptied, bits flipped, all random, extended, or zeroed. */
  static void to(Path file, int number, Random random) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(
        file,
        switch (number % 6) {
          case 0 -> Arrays.copyOf(bytes, bytes.length == 0 ? 0 : random.nextInt(bytes.length));
          case 1 -> new byte[0];
          case 2 -> flipped(bytes, random);
          case 3 -> randomBytes(bytes.length, random);
          case 4 -> Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(100_000));
          default -> new byte[bytes.length];
        });
  }

  private static byte[] flipped(byte[] bytes, Random random) {
    for (int i = 0; i < FLIPPED_BITS && bytes.length > 0; i++) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  private static byte[] randomBytes(int length, Random random) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
