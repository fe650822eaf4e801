package org.quicksilver.comm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quicksilver.comm.ControlListener.Rejection;
import org.quicksilver.transaction.TransactionId;

/** The server against clients that behave and clients that do not. */
class ControlServerTest {

  private static final byte[] SECRET = "the secret of the owner".getBytes();
  private static final Message.AdminRequest REQUEST =
      new Message.AdminRequest(Message.VERSION, new byte[0], "{}");

  @TempDir Path directory;

  private final Recorder recorder = new Recorder();
  private ControlServer server;
  private Path socket;

  /** Answers everybody and keeps what it was told. */
  private static final class Recorder implements ControlListener {
    final List<Rejection> rejections = new CopyOnWriteArrayList<>();
    final List<Message> messages = new CopyOnWriteArrayList<>();
    final List<Peer> agents = new CopyOnWriteArrayList<>();
    final List<Peer> closed = new CopyOnWriteArrayList<>();

    @Override
    public void onHello(Peer peer, Message.Hello hello) {
      agents.add(peer);
      peer.register(new Message.Welcome(1, 2, ""));
    }

    @Override
    public void onRequest(Peer peer, Message.AdminRequest request) {
      peer.answer(new Message.AdminResponse(peer.isOwner(request.proof()) ? "owner" : "anybody"));
    }

    @Override
    public void onMessage(Peer peer, Message message) {
      messages.add(message);
    }

    @Override
    public void onClosed(Peer peer) {
      closed.add(peer);
    }

    @Override
    public void onRejected(Rejection why, String details) {
      rejections.add(why);
    }
  }

  private final ServerLoop loop = new ServerLoop();

  @BeforeEach
  void start() throws IOException {
    socket = directory.resolve("s");
    server = new ControlServer(loop, recorder, new NoLinks(), SECRET, Duration.ofMillis(500));
    server.listen(socket);
  }

  @AfterEach
  void stop() {
    server.close();
    loop.close();
    assertTrue(Files.notExists(socket), "the socket file is removed");
  }

  private ControlClient client() throws IOException {
    return ControlClient.connect(socket);
  }

  private static Message.Hello hello(int version) {
    return new Message.Hello(version, 7, 8, "", new byte[0]);
  }

  private SocketChannel raw() throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(socket));
    return channel;
  }

  private void awaitRejection(Rejection why) {
    Awaitility.await().until(() -> recorder.rejections.contains(why));
  }

  private static void assertRefused(ControlClient client) throws IOException {
    assertInstanceOf(Message.Refused.class, client.receive());
    assertThrows(EOFException.class, client::receive);
  }

  @Test
  void onlyTheOwnerMayUseTheSocketFile() throws IOException {
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
  }

  @Test
  void registeredAgentIsHeardAndMayBeSilent() throws Exception {
    try (ControlClient client = client()) {
      client.send(hello(Message.VERSION));
      client.send(new Message.EndAck(new TransactionId(1, 2, 3)));
      assertInstanceOf(Message.Welcome.class, client.receive());
      Awaitility.await().until(() -> recorder.messages.size() == 1);
      Awaitility.await()
          .during(Duration.ofMillis(800))
          .atMost(Duration.ofSeconds(5))
          .until(recorder.closed::isEmpty);
    }
    Awaitility.await().until(() -> recorder.closed.size() == 1);
    assertEquals(recorder.agents, recorder.closed);
  }

  @Test
  void otherVersionIsRefused() throws IOException {
    try (ControlClient client = client()) {
      client.send(hello(99));
      assertRefused(client);
    }
    awaitRejection(Rejection.VERSION);
  }

  @Test
  void anythingElseFirstIsRefused() throws IOException {
    try (ControlClient client = client()) {
      client.send(new Message.EndAck(new TransactionId(1, 2, 3)));
      assertRefused(client);
    }
    awaitRejection(Rejection.UNEXPECTED);
  }

  @Test
  void secondHelloIsRefused() throws IOException {
    try (ControlClient client = client()) {
      client.send(hello(Message.VERSION));
      assertInstanceOf(Message.Welcome.class, client.receive());
      client.send(hello(Message.VERSION));
      assertRefused(client);
    }
  }

  @Test
  void whoSaysNothingIsDropped() throws IOException {
    try (ControlClient client = client()) {
      assertRefused(client);
    }
    awaitRejection(Rejection.SILENT);
  }

  @Test
  void commandMayAskAgain() throws IOException {
    try (ControlClient client = client()) {
      client.send(REQUEST);
      assertEquals(new Message.AdminResponse("anybody"), client.receive());
      client.send(new Message.AdminRequest(Message.VERSION, SECRET, "{}"));
      assertEquals(new Message.AdminResponse("owner"), client.receive());
    }
  }

  @Test
  void overLoopbackEverybodyIsChallenged() throws IOException {
    InetSocketAddress address = server.listen(new InetSocketAddress("127.0.0.1", 0));
    try (ControlClient client = ControlClient.connect(address)) {
      Message.Challenge challenge = (Message.Challenge) client.receive();
      assertEquals(32, challenge.nonce().length);
      byte[] proof = Peer.proof(SECRET, challenge.nonce());
      client.send(new Message.AdminRequest(Message.VERSION, proof, "{}"));
      assertEquals(new Message.AdminResponse("owner"), client.receive());
    }
    for (byte[] wrong : List.of(new byte[0], SECRET, new byte[32])) {
      try (ControlClient client = ControlClient.connect(address)) {
        client.receive();
        client.send(new Message.Hello(Message.VERSION, 1, 1, "", wrong));
        assertRefused(client);
      }
    }
    awaitRejection(Rejection.DENIED);
    assertTrue(recorder.agents.isEmpty());
  }

  @Test
  void otherAddressesAreRefused() {
    IOException e =
        assertThrows(IOException.class, () -> server.listen(new InetSocketAddress("0.0.0.0", 0)));
    assertTrue(e.getMessage().contains("loopback"), e.getMessage());
  }

  @Test
  void strangerMaySendNoLongFrame() throws IOException {
    try (SocketChannel channel = raw()) {
      channel.write(ByteBuffer.allocate(8).putInt(2 * 1024 * 1024).putInt(0).flip());
      awaitRejection(Rejection.MALFORMED);
    }
  }

  @Test
  void whoDoesNotReadIsCutOff() throws Exception {
    try (ControlClient client = client()) {
      client.send(hello(Message.VERSION));
      Awaitility.await().until(() -> !recorder.agents.isEmpty());
      Message big = new Message.PolicyChange("x".repeat(100_000));
      Awaitility.await()
          .pollInterval(Duration.ofMillis(1))
          .until(
              () -> {
                recorder.agents.get(0).send(big);
                return recorder.rejections.contains(Rejection.CLOGGED);
              });
      Awaitility.await().until(() -> recorder.closed.size() == 1);
    }
  }

  @Test
  void noBytesHarmTheServer() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      try (SocketChannel channel = raw()) {
        send(channel, i % 3 == 0 ? noise(random) : damaged(random));
      }
    }
    try (ControlClient client = client()) {
      client.send(REQUEST);
      assertEquals(new Message.AdminResponse("anybody"), client.receive(), "seed " + seed);
    }
    assertTrue(recorder.rejections.contains(Rejection.MALFORMED), "seed " + seed);
  }

  private static void send(SocketChannel channel, ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      // Cut off in the middle: as it should be.
    }
  }

  private static ByteBuffer noise(Random random) {
    byte[] bytes = new byte[random.nextInt(3000)];
    random.nextBytes(bytes);
    return ByteBuffer.wrap(bytes);
  }

  private static ByteBuffer damaged(Random random) {
    ByteBuffer good = ByteBuffer.allocate(4096);
    good.put(MessageCodec.encode(hello(Message.VERSION)));
    TransactionId tid = new TransactionId(1, 2, 3);
    good.put(MessageCodec.encode(new Message.Accepted(tid, "127.0.0.1:1", "127.0.0.1:2", 5)));
    good.put(MessageCodec.encode(new Message.Closed(tid, "127.0.0.1:1", "127.0.0.1:2", true)));
    good.flip();
    for (int k = 1 + random.nextInt(4); k > 0; k--) {
      int at = random.nextInt(good.limit());
      good.put(at, (byte) (good.get(at) ^ 1 << random.nextInt(8)));
    }
    return good.limit(random.nextInt(10) == 0 ? random.nextInt(good.limit()) : good.limit());
  }
}
