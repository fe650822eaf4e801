package org.quicksilver.memory.vista;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class EntryCheckTest {

  private static final int AT = 64;

  private final Random random = new Random(1);
  private final ByteBuffer log = ByteBuffer.allocateDirect(1024).order(ByteOrder.LITTLE_ENDIAN);

  private ByteBuffer randomSource() {
    byte[] bytes = new byte[512];
    random.nextBytes(bytes);
    return ByteBuffer.allocateDirect(512).put(0, bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void copyingGivesTheSumOfTheCopyWhateverLiesBehindIt() {
    for (int length = 0; length <= 400; length += Long.BYTES) {
      int from = length * 3 & 0x38;
      ByteBuffer source = randomSource();
      log.put(0, source, 0, 512);
      long sum = EntryCheck.copy(source.asLongBuffer(), from, log.asLongBuffer(), AT, length);
      assertEquals(sum, EntryCheck.sum(log, AT, length), "length " + length);
      assertEquals(source.slice(from, length), log.slice(AT, length), "length " + length);
      assertEquals(source.get(AT + length), log.get(AT + length), "behind length " + length);
    }
  }

  @Test
  void everyFlippedBitChangesTheSum() {
    for (int length = 1; length < 80; length++) {
      log.put(AT, randomSource(), 0, length);
      long sum = EntryCheck.sum(log, AT, length);
      for (int bit = 0; bit < Byte.SIZE * length; bit++) {
        int at = AT + bit / Byte.SIZE;
        byte was = log.get(at);
        log.put(at, (byte) (was ^ 1 << bit % Byte.SIZE));
        assertNotEquals(sum, EntryCheck.sum(log, AT, length), "length " + length + ", bit " + bit);
        log.put(at, was);
      }
    }
  }
}
