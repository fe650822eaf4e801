package org.quicksilver.queue.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.quicksilver.transaction.TransactionId;

/** Frames survive the way to bytes and back; nothing else than frames does. */
@Timeout(60)
class FrameCodecTest {

  private static final Tag TAG = new Tag(new TransactionId(-5, 7, 9), 11, true);

  static final List<Frame> SAMPLES =
      List.of(
          new Frame.Greeting(-1, 42, 7),
          new Frame.Request(1, 1, new long[0], 3, 8, null, false, new byte[64]),
          new Frame.Request(900, 5, new long[] {7, 8, 33}, 3, 8, TAG, true, new byte[] {1}),
          new Frame.Completion(6, Status.FAILED, 17, new int[] {4, -2}, true, new byte[] {9, 9}),
          new Frame.Cancel(4, 3),
          new Frame.Acknowledge(44, new long[] {45, 47}),
          new Frame.Chunk(3, true, new byte[] {1, 2, 3}),
          new Frame.Credit(3, 65_536));

  static ByteBuffer encode(Frame frame) {
    ByteBuffer out = ByteBuffer.allocate(FrameCodec.size(frame));
    FrameCodec.encode(frame, out);
    assertEquals(0, out.remaining(), frame::toString);
    return out.flip();
  }

  private static Frame decode(ByteBuffer bytes) throws BadFrameException {
    return FrameCodec.decode(bytes.slice(Integer.BYTES, bytes.limit() - Integer.BYTES));
  }

  @Test
  void everyFrameIsReadAsItWasWritten() throws Exception {
    for (Frame frame : SAMPLES) {
      ByteBuffer bytes = encode(frame);
      assertEquals(bytes.remaining() - Integer.BYTES, bytes.getInt(0));
      assertArrayEquals(bytes.array(), encode(decode(bytes)).array(), frame::toString);
    }
  }

  @Test
  void theTransactionTakes28BytesInTheFrameOfTheRequest() {
    Frame without = new Frame.Request(1, 1, new long[0], 1, 1, null, false, new byte[64]);
    Frame with = new Frame.Request(1, 1, new long[0], 1, 1, TAG, false, new byte[64]);
    assertEquals(28, FrameCodec.size(with) - FrameCodec.size(without));
    assertEquals(36, FrameCodec.size(without) - 64);
  }

  @Test
  void aFrameOfAnotherVersionIsRefused() {
    ByteBuffer bytes = encode(SAMPLES.get(0));
    bytes.put(Integer.BYTES, (byte) 2);
    BadFrameException refusal = assertThrows(BadFrameException.class, () -> decode(bytes));
    assertTrue(refusal.getMessage().contains("version 2"), refusal::getMessage);
  }

  @Test
  void whateverTheBytesAreTheyAreAFrameOrRefused() {
    long seed = Long.getLong("quicksilver.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = damaged(random);
      try {
        FrameCodec.decode(ByteBuffer.wrap(bytes));
      } catch (BadFrameException e) {
        assertTrue(e.getMessage() != null);
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  /** Noise, or a frame with some bytes flipped, cut off or added. */
  static byte[] damaged(Random random) {
    if (random.nextInt(4) == 0) {
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      return noise;
    }
    byte[] whole = encode(SAMPLES.get(random.nextInt(SAMPLES.size()))).array();
    byte[] bytes =
        java.util.Arrays.copyOfRange(
            whole, Integer.BYTES, Math.max(Integer.BYTES, whole.length + random.nextInt(9) - 4));
    for (int flips = random.nextInt(4); flips > 0 && bytes.length > 0; flips--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return bytes;
  }
}
