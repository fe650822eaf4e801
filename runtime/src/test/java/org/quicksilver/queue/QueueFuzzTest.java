package org.quicksilver.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.quicksilver.Quicksilver;
import org.quicksilver.cli.Cli;
import org.quicksilver.comm.QueueMessage;
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
    awaitSaid("a frame of version 9", 1);
  }

  @Test
  void aClientRefusesAServerThatSaysWhatIsNoFrame() throws Exception {
    Quicksilver other = closing(Quicksilver.open(home("home")));
    Path place = new Home(home("home")).socket(other.incarnation());
    new Home(home("home")).createSocketDirectory(other.incarnation());
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(place));
      other.queues().send(new QueueMessage.Offered(1, "bad", false, place.toString()));
      Call call = queues.queue("bad").callAsync(bytes("x"));
      try (SocketChannel channel = server.accept()) {
        write(channel, ByteBuffer.allocate(8).putInt(Integer.MAX_VALUE).putInt(0).flip());
        Awaitility.await().until(() -> queues.refused() == 1);
      }
      awaitSaid("a frame of " + Integer.MAX_VALUE + " bytes", 1);
      call.cancel();
    }
  }

  /** Where an operator looks. */
  private void awaitSaid(String words, int count) {
    Awaitility.await()
        .untilAsserted(
            () -> {
              String status = run("status", "--json");
              JsonObject counts = JsonParser.parseString(status).getAsJsonObject();
              assertEquals(count, counts.get("refusedFrames").getAsInt(), status);
              String log = Files.readString(new Home(home("home")).nodeLog());
              assertTrue(log.contains(words), log);
            });
  }

  private String run(String... words) {
    StringWriter out = new StringWriter();
    PrintWriter printer = new PrintWriter(out);
    String[] all =
        Stream.concat(Stream.of(words), Stream.of("--home", home("home").toString()))
            .toArray(String[]::new);
    Cli.run(all, printer, printer);
    return out.toString();
  }
}
