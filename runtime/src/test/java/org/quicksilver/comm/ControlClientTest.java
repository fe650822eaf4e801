package org.quicksilver.comm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quicksilver.handle.Seed;

/** Against a socket that is played by hand. */
@Timeout(30)
final class ControlClientTest {

  @TempDir Path directory;
  private Path socket;
  private ServerSocketChannel listener;
  private ControlClient client;
  private SocketChannel node;

  @BeforeEach
  void connect() throws IOException {
    socket = directory.resolve("node.sock");
    listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(socket));
    client = ControlClient.connect(socket);
    node = listener.accept();
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    node.close();
    listener.close();
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      node.write(bytes);
    }
  }

  private Message read() throws IOException {
    ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
    readFully(length);
    ByteBuffer frame = ByteBuffer.allocate(length.getInt(0));
    readFully(frame);
    return MessageCodec.decode(frame.flip());
  }

  private void readFully(ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      assertTrue(node.read(buffer) >= 0);
    }
  }

  @Test
  void aMessageSentIsOneFrame() throws IOException {
    Message.PolicyChange message = new Message.PolicyChange("file=reclaim");
    client.send(message);
    client.send(message);
    assertEquals(message, read());
    assertEquals(message, read());
  }

  @Test
  void whatWaitsGoesBeforeTheNextMessage() throws IOException {
    Message.Refused first = new Message.Refused("first");
    Message.Refused second = new Message.Refused("second");
    Message.Refused third = new Message.Refused("third");
    client.sendWithNext(first);
    client.sendWithNext(second);
    node.configureBlocking(false);
    assertEquals(0, node.read(ByteBuffer.allocate(1)));
    node.configureBlocking(true);
    client.send(third);
    assertEquals(List.of(first, second, third), List.of(read(), read(), read()));
  }

  @Test
  void whatWaitsForNothingGoesWhenItIsFlushedOrMany() throws IOException {
    Message.Refused message = new Message.Refused("because");
    client.sendWithNext(message);
    client.flush();
    assertEquals(message, read());
    for (int i = 0; i < 100; i++) {
      client.sendWithNext(message);
    }
    assertEquals(message, read());
  }

  @Test
  void framesArriveWholeHoweverTheyAreCut() {
    Seed.run(
        random -> {
          List<Message> messages = new ArrayList<>();
          ByteBuffer stream = ByteBuffer.allocate(100_000);
          for (int i = 0; i < 20; i++) {
            messages.add(new Message.Refused("x".repeat(random.nextInt(900))));
            stream.put(MessageCodec.encode(messages.get(i)));
          }
          FutureTask<Void> writing = new FutureTask<>(() -> writeCut(stream.flip(), random), null);
          new Thread(writing).start();
          for (Message message : messages) {
            assertEquals(message, client.receive());
          }
          writing.get();
        });
  }

  private void writeCut(ByteBuffer stream, Random random) {
    try {
      int end = stream.limit();
      while (stream.position() < end) {
        stream.limit(Math.min(end, stream.position() + 1 + random.nextInt(50)));
        node.write(stream);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void manyThreadsMaySendAndNoFrameIsTorn() throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      String text = String.valueOf((char) ('a' + i)).repeat(5_000);
      threads.add(new Thread(() -> sendTimes(100, text)));
    }
    threads.forEach(Thread::start);
    for (int i = 0; i < 400; i++) {
      String json = ((Message.AdminResponse) read()).json();
      assertEquals(1, json.chars().distinct().count());
      assertEquals(5_000, json.length());
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void sendTimes(int times, String text) {
    try {
      for (int i = 0; i < times; i++) {
        client.send(new Message.AdminResponse(text));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theEndOfTheOtherSideIsAnEnd() throws IOException {
    node.close();
    assertThrows(EOFException.class, client::receive);
  }

  @Test
  void theEndInsideAFrameIsAnEnd() throws IOException {
    ByteBuffer frame = MessageCodec.encode(new Message.Refused("because"));
    write(frame.limit(frame.limit() - 1));
    node.close();
    assertThrows(EOFException.class, client::receive);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE, MessageCodec.LONGEST_FRAME + 1, Integer.MAX_VALUE})
  void anImpossibleLengthIsMalformed(int length) throws IOException {
    write(ByteBuffer.allocate(Integer.BYTES).putInt(0, length));
    MalformedFrameException refused = assertThrows(MalformedFrameException.class, client::receive);
    assertTrue(refused.getMessage().contains(String.valueOf(length)), refused.getMessage());
  }

  @Test
  void aFrameThatIsNoMessageIsMalformed() throws IOException {
    write(ByteBuffer.allocate(6).putInt(0, 2).put(4, (byte) 77));
    assertThrows(MalformedFrameException.class, client::receive);
  }

  @Test
  void whereNobodyListensConnectingFails() throws IOException {
    listener.close();
    assertThrows(IOException.class, () -> ControlClient.connect(socket));
    assertThrows(IOException.class, () -> ControlClient.connect(directory.resolve("none")));
  }

  @Test
  void aPortOfTheLoopbackIsSpokenToInTheSameWay() throws IOException {
    try (ServerSocketChannel port = ServerSocketChannel.open()) {
      port.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      try (ControlClient other =
          ControlClient.connect((InetSocketAddress) port.getLocalAddress())) {
        node.close();
        node = port.accept();
        other.send(new Message.ReportAck(5));
        assertEquals(new Message.ReportAck(5), read());
      }
    }
  }
}
