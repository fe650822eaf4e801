package org.quicksilver.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.quicksilver.config.Home;
import org.quicksilver.queue.protocol.Frame;
import org.quicksilver.queue.protocol.FrameCodec;

/**
 * What is no frame closes the channel it came over, is counted, and harms nobody else. Longer with
 * {@code -Dquicksilver.fuzz=SECONDS}.
 */
@Timeout(900)
class QueueFuzzTest extends QueueFixture {

  private static final Duration LONG =
      Duration.ofSeconds(Integer.getInteger("quicksilver.fuzz", 3));

  private Path socket() {
    return new Home(home("home")).socket(quicksilver.incarnation());
  }

  @Test
  void aServerAndTheNodeServeOnUnderAFuzzer() throws Exception {
    long seed = Long.getLong("quicksilver.seed", System.nanoTime());
    Random random = new Random(seed);
    serve("other");
    queues.offer("mine", Request::body);
    long end = System.nanoTime() + LONG.toNanos();
    long sent = 0;
    while (System.nanoTime() < end) {
      attack(socket(), random, seed);
      attack(new Home(home("home")).socket(), random, seed);
      if (++sent % 50 == 0) {
        assertEquals("x", call("mine", "x"), "seed " + seed);
        assertEquals("echo x", call("other", "echo x"), "seed " + seed);
      }
    }
    assertTrue(queues.refused() > 0, "seed " + seed);
    assertEquals("x", call("mine", "x"), "seed " + seed);
  }

  /** Says who it is, perhaps, then nonsense; the other side may close at any byte. */
  private static void attack(Path socket, Random random, long seed) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      try {
        if (random.nextInt(4) != 0) {
          write(channel, frame(new Frame.Greeting(99, 1 + random.nextInt(3), random.nextInt(3))));
        }
        for (int i = random.nextInt(5); i >= 0; i--) {
          write(channel, nonsense(random));
        }
      } catch (IOException e) {
        // It has closed: that is what it should do.
      }
    }
  }

  private static ByteBuffer nonsense(Random random) {
    byte[] body = new byte[random.nextInt(60)];
    random.nextBytes(body);
    if (random.nextBoolean() && body.length > 2) {
      body[0] = FrameCodec.VERSION;
      body[1] = (byte) (1 + random.nextInt(8));
    }
    int length =
        switch (random.nextInt(6)) {
          case 0 -> random.nextInt();
          case 1 -> FrameCodec.LONGEST_FRAME + 1;
          default -> body.length;
        };
    return ByteBuffer.allocate(Integer.BYTES + body.length).putInt(length).put(body).flip();
  }

  private static ByteBuffer frame(Frame frame) {
    ByteBuffer out = ByteBuffer.allocate(FrameCodec.size(frame));
    FrameCodec.encode(frame, out);
    return out.flip();
  }

  private static void write(SocketChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Test
  void aFrameOfAnotherVersionIsRefusedAndCounted() throws Exception {
    queues.offer("mine", Request::body);
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket()));
      ByteBuffer greeting = frame(new Frame.Greeting(99, 1, 1));
      greeting.put(Integer.BYTES, (byte) 9);
      write(channel, greeting);
      assertEquals(-1, channel.read(ByteBuffer.allocate(10)));
    }
    assertEquals(1, queues.refused());
  }
}
