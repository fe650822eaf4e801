package org.quicksilver.comm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quicksilver.handle.Seed;
import org.quicksilver.transaction.TransactionId;

@Timeout(30)
final class MessageCodecTest {

  private static final int FRAMES = Integer.getInteger("quicksilver.test.frames", 20_000);

  private static final Class<?>[] TYPES = Messages.types();

  /** Beyond the highest number of a type. */
  private static final int NUMBERS = 80;

  static Class<?>[] types() {
    return TYPES;
  }

  /** The bytes after the length field, which is checked. */
  private static byte[] body(Message message) {
    ByteBuffer frame = MessageCodec.encode(message);
    assertEquals(0, frame.position());
    assertEquals(frame.limit() - Integer.BYTES, frame.getInt());
    byte[] body = new byte[frame.remaining()];
    frame.get(body);
    return body;
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyMessageIsReadAsItWasWritten(Class<?> type) {
    Seed.run(
        random -> {
          for (int i = 0; i < 300; i++) {
            Message written = Messages.random(type, random);
            assertSame(written, MessageCodec.decode(ByteBuffer.wrap(body(written))));
          }
        });
  }

  /** Records with arrays are not equal by themselves. */
  private static void assertSame(Object written, Object read) throws Exception {
    assertEquals(written.getClass(), read.getClass());
    for (RecordComponent component : written.getClass().getRecordComponents()) {
      Object w = component.getAccessor().invoke(written);
      Object r = component.getAccessor().invoke(read);
      if (w instanceof byte[] bytes) {
        assertArrayEquals(bytes, (byte[]) r, component.getName());
      } else if (w instanceof Record) {
        assertSame(w, r);
      } else {
        assertEquals(w, r, component.getName());
      }
    }
  }

  @Test
  void everyTypeHasANumberOfItsOwn() throws Exception {
    Map<Byte, Class<?>> numbers = new HashMap<>();
    for (Class<?> type : TYPES) {
      byte number = body(Messages.random(type, new Random(1)))[0];
      assertEquals(null, numbers.put(number, type), type + " has the number of another");
      assertTrue(number > 0 && number < NUMBERS);
    }
    assertTrue(TYPES.length >= 28);
  }

  @Test
  void randomBytesAreMalformedOrAMessageAndNothingElse() {
    Seed.run(
        random -> {
          for (int i = 0; i < FRAMES; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            if (bytes.length > 0 && random.nextInt(4) > 0) {
              bytes[0] = (byte) (1 + random.nextInt(NUMBERS));
            }
            decodeOrRefuse(bytes);
          }
        });
  }

  @Test
  void damagedFramesAreMalformedOrAMessageAndNothingElse() {
    Seed.run(
        random -> {
          int refused = 0;
          for (int i = 0; i < FRAMES; i++) {
            byte[] bytes = body(Messages.random(TYPES[random.nextInt(TYPES.length)], random));
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
              bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            refused += decodeOrRefuse(bytes) ? 0 : 1;
          }
          assertTrue(refused > FRAMES / 20, "only " + refused + " refused");
        });
  }

  @Test
  void truncatedAndLengthenedFramesAreMalformed() {
    Seed.run(
        random -> {
          for (int i = 0; i < FRAMES; i++) {
            byte[] whole = body(Messages.random(TYPES[random.nextInt(TYPES.length)], random));
            byte[] cut = Arrays.copyOf(whole, random.nextInt(whole.length));
            assertTrue(!decodeOrRefuse(cut), () -> "a part is a message: " + Arrays.toString(cut));
            byte[] more = Arrays.copyOf(whole, whole.length + 1 + random.nextInt(9));
            assertTrue(!decodeOrRefuse(more), "something more is a message");
          }
        });
  }

  private static boolean decodeOrRefuse(byte[] bytes) {
    try {
      MessageCodec.decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (MalformedFrameException e) {
      assertTrue(e.getMessage() != null && !e.getMessage().isBlank());
      return false;
    }
  }

  @Test
  void aTextThatClaimsToBeLongerThanItsFrameIsMalformedAndAllocatesNothing() {
    ByteBuffer frame = ByteBuffer.allocate(5).put((byte) 4).putInt(Integer.MAX_VALUE).flip();
    MalformedFrameException refused =
        assertThrows(MalformedFrameException.class, () -> MessageCodec.decode(frame));
    assertTrue(refused.getMessage().contains("2147483647"), refused.getMessage());
  }

  @Test
  void anUnknownTypeIsNamed() {
    MalformedFrameException refused =
        assertThrows(
            MalformedFrameException.class,
            () -> MessageCodec.decode(ByteBuffer.wrap(new byte[] {99})));
    assertTrue(refused.getMessage().contains("99"), refused.getMessage());
    assertThrows(MalformedFrameException.class, () -> MessageCodec.decode(ByteBuffer.allocate(0)));
  }

  @ParameterizedTest
  @ValueSource(ints = {-6, -5})
  void theLongestMessageIsEncodedAndItsFrameAllowed(int more) {
    String json = "x".repeat(MessageCodec.LONGEST_FRAME + more - 4);
    assertTrue(body(new Message.AdminResponse(json)).length <= MessageCodec.LONGEST_FRAME);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1_000_000})
  void anOversizeMessageIsRefusedWhereItIsMade(int more) {
    String json = "x".repeat(MessageCodec.LONGEST_FRAME + more);
    assertThrows(
        IllegalArgumentException.class, () -> MessageCodec.encode(new Message.AdminResponse(json)));
  }

  @Test
  void whateverIsEncodedFitsIntoAFrame() {
    TransactionId id = new TransactionId(1, 1, 1);
    for (int length = MessageCodec.LONGEST_FRAME - 34;
        length < MessageCodec.LONGEST_FRAME - 24;
        length++) {
      String local = "x".repeat(length);
      try {
        int size = body(new Message.Closed(id, local, "", true)).length;
        assertTrue(size <= MessageCodec.LONGEST_FRAME, "a frame of " + size + " bytes");
      } catch (IllegalArgumentException e) {
        assertTrue(e.getMessage().contains("narrow"), e.getMessage());
      }
    }
  }
}
