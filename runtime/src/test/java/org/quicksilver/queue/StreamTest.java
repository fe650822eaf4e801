package org.quicksilver.queue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies of any length, as fast as they are read. */
@Timeout(120)
class StreamTest extends QueueFixture {

  private static final int LONG = 8 * 1024 * 1024;

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(5).nextBytes(bytes);
    return bytes;
  }

  /** Zeros for ever; counts what was read of it. */
  private static final class Endless extends InputStream {
    private final AtomicLong read = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();

    @Override
    public int read() {
      read.incrementAndGet();
      return 0;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      read.addAndGet(length);
      return length;
    }

    @Override
    public void close() {
      closed.set(true);
    }
  }

  @Test
  void aLongBodyGoesToTheServer() throws Exception {
    byte[] body = random(LONG);
    queues.offer("sum", request -> bytes(text(request.body()) + sum(request.rest())));
    CRC32 expected = new CRC32();
    expected.update(body);
    Call call = queues.queue("sum").callAsync(bytes("sum "), new ByteArrayInputStream(body));
    assertEquals("sum " + expected.getValue(), text(call.await()));
    assertEquals(-1, call.rest().read());
  }

  private static long sum(InputStream in) throws IOException {
    CRC32 sum = new CRC32();
    sum.update(in.readAllBytes());
    return sum.getValue();
  }

  @Test
  void aLongCompletionComesBack() throws Exception {
    byte[] body = random(LONG);
    queues.offer(
        "read",
        request -> {
          request.follow(new ByteArrayInputStream(body));
          return bytes("head");
        });
    Call call = queues.queue("read").callAsync(new byte[0]);
    assertEquals("head", text(call.await()));
    assertArrayEquals(body, call.rest().readAllBytes());
  }

  @Test
  void theSenderIsNoFasterThanTheReader() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    queues.offer(
        "slow",
        request -> {
          request.rest().readNBytes(100_000);
          goOn.await();
          return new byte[0];
        });
    Endless endless = new Endless();
    Call call = queues.queue("slow").callAsync(new byte[0], endless);
    Awaitility.await().until(() -> endless.read.get() >= ChunkStream.WINDOW);
    queues.offer("other", Request::body);
    for (int i = 0; i < 100; i++) {
      assertEquals("x", call("other", "x"));
    }
    assertTrue(endless.read.get() < 3 * ChunkStream.WINDOW, () -> endless.read + " read");
    goOn.countDown();
    call.await();
    Awaitility.await().untilTrue(endless.closed);
  }

  @Test
  void aCompletionThatIsNotReadToItsEndStops() throws Exception {
    Endless endless = new Endless();
    queues.offer(
        "endless",
        request -> {
          request.follow(endless);
          return new byte[0];
        });
    Call call = queues.queue("endless").callAsync(new byte[0]);
    call.await();
    try (InputStream in = call.rest()) {
      in.readNBytes(1_000_000);
    }
    Awaitility.await().untilTrue(endless.closed);
  }

  @Test
  void aBodyThatCannotBeReadCancelsTheRequest() throws Exception {
    queues.offer("sum", request -> bytes("" + sum(request.rest())));
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("no disk");
          }
        };
    Call call = queues.queue("sum").callAsync(new byte[0], broken);
    assertThrows(CallException.class, call::await);
  }

  @Test
  void theDeathOfTheServerEndsTheStream() throws Exception {
    ServerProcess server = serve("files");
    Call call = queues.queue("files").callAsync(bytes("endless"));
    call.await();
    InputStream in = call.rest();
    in.readNBytes(1_000_000);
    server.kill();
    assertThrows(IOException.class, in::readAllBytes);
  }
}
