package org.quicksilver.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quicksilver.comm.Message;
import org.quicksilver.handle.HandleKind;
import org.quicksilver.transaction.TransactionId;

/** Real JVMs that die, leave or are stopped. */
class DeathTest extends NodeFixture {

  private static final String CLIENT = "127.0.0.1:40001";
  private static final String SERVER = "127.0.0.1:8080";

  @BeforeEach
  void startNode() throws Exception {
    start();
  }

  private TransactionId linked(ForkedJvm client, FakeAgent server) throws Exception {
    TransactionId tid = client.issue();
    client.connectTo(tid, CLIENT, SERVER);
    server.accepted(server.issue(), SERVER, CLIENT);
    assertEquals(tid, server.await(Message.Joined.class).transaction());
    return tid;
  }

  @Test
  void killedClientAbortsAtTheLastServerAtOnce() throws Exception {
    ForkedJvm client = forked();
    FakeAgent server = agent();
    FakeAgent last = agent();
    TransactionId tid = linked(client, server);
    server.connectTo(tid, "127.0.0.1:40002", "127.0.0.1:9090");
    last.accepted(last.issue(), "127.0.0.1:9090", "127.0.0.1:40002");
    assertEquals(tid, last.await(Message.Joined.class).transaction());
    long start = System.nanoTime();
    client.kill();
    assertEquals(new Message.End(tid, true), last.await(Message.End.class));
    long millis = (System.nanoTime() - start) / 1_000_000;
    assertEquals(new Message.End(tid, true), server.await(Message.End.class));
    assertTrue(millis < 2000, "took " + millis + " ms");
  }

  @Test
  void clientThatLeavesInOrderCommits() throws Exception {
    ForkedJvm client = forked();
    FakeAgent server = agent();
    TransactionId tid = linked(client, server);
    client.leave();
    assertEquals(new Message.End(tid, false), server.await(Message.End.class));
  }

  @Test
  void killedServerFailsTheTransactionUntilItsOwnerClosesIt() throws Exception {
    FakeAgent client = agent();
    ForkedJvm server = forked();
    FakeAgent last = agent();
    TransactionId tid = client.issue();
    client.connectTo(tid, CLIENT, SERVER);
    server.accepted(server.issue(), SERVER, CLIENT);
    server.await("Joined");
    server.connectTo(tid, "127.0.0.1:40002", "127.0.0.1:9090");
    last.accepted(last.issue(), "127.0.0.1:9090", "127.0.0.1:40002");
    last.await(Message.Joined.class);
    server.kill();
    Awaitility.await().until(() -> tree(tid).get("failed").getAsBoolean());
    assertEquals("ACTIVE", tree(tid).get("phase").getAsString());
    assertFalse(last.received().stream().anyMatch(Message.End.class::isInstance));
    client.closed(tid, CLIENT, SERVER, false);
    assertEquals(new Message.End(tid, true), last.await(Message.End.class));
    assertEquals(new Message.End(tid, true), client.await(Message.End.class));
  }

  private JsonObject tree(TransactionId tid) throws Exception {
    return command.list("{'command':'tree','transaction':'" + tid + "'}").get(0).getAsJsonObject();
  }

  @Test
  void serverKilledAfterItsOwnerClosedAborts() throws Exception {
    FakeAgent client = agent();
    ForkedJvm server = forked();
    TransactionId tid = client.issue();
    client.connectTo(tid, CLIENT, SERVER);
    server.accepted(server.issue(), SERVER, CLIENT);
    server.await("Joined");
    client.closed(tid, CLIENT, SERVER, false);
    server.kill();
    assertEquals(new Message.End(tid, true), client.await(Message.End.class));
  }

  @Test
  void stoppedJvmIsNotDead() throws Exception {
    ForkedJvm client = forked();
    FakeAgent server = agent();
    TransactionId tid = linked(client, server);
    client.signal("STOP");
    Awaitility.await()
        .during(Duration.ofMillis(1500))
        .atMost(Duration.ofSeconds(5))
        .until(() -> state(client).equals("LIVE"));
    assertEquals("ACTIVE", tree(tid).get("phase").getAsString());
    client.signal("CONT");
    client.kill();
    assertEquals(new Message.End(tid, true), server.await(Message.End.class));
  }

  @Test
  void disconnectedJvmIsNotDeadAndItsDeathIsNoticed() throws Exception {
    ForkedJvm client = forked();
    FakeAgent server = agent();
    TransactionId tid = linked(client, server);
    client.tell("disconnect");
    Awaitility.await().until(() -> state(client).equals("DISCONNECTED"));
    assertEquals("ACTIVE", tree(tid).get("phase").getAsString());
    client.kill();
    assertEquals(new Message.End(tid, true), server.await(Message.End.class));
    Awaitility.await().until(() -> state(client).equals("DEAD"));
    Awaitility.await().until(() -> !Files.exists(home.breadcrumbs(client.incarnation())));
  }

  private String state(ForkedJvm jvm) throws Exception {
    for (JsonElement each : command.list("{'command':'jvms','all':true}")) {
      if (each.getAsJsonObject().get("pid").getAsLong() == jvm.pid()) {
        return each.getAsJsonObject().get("state").getAsString();
      }
    }
    return "unknown";
  }

  /** Until its death has been noticed. */
  private void killed(ForkedJvm jvm) throws Exception {
    jvm.kill();
    Awaitility.await().until(() -> state(jvm).equals("DEAD"));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 10_000})
  void clientThatDiedBeforeItsServerAcceptedIsFound(long millisBefore) throws Exception {
    ForkedJvm client = forked();
    FakeAgent server = agent();
    TransactionId tid = client.issue();
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String serverEnd = "127.0.0.1:" + listening.getLocalPort();
      Socket opened = new Socket(listening.getInetAddress(), listening.getLocalPort());
      String clientEnd = "127.0.0.1:" + opened.getLocalPort();
      client.connectTo(tid, clientEnd, serverEnd);
      opened.close();
      killed(client);
      TransactionId provisional = server.issue();
      server.accepted(provisional, serverEnd, clientEnd, System.currentTimeMillis() + millisBefore);
      assertEquals(new Message.Joined(provisional, tid), server.await(Message.Joined.class));
      assertEquals(new Message.End(tid, true), server.await(Message.End.class));
    }
  }

  @Test
  void connectionAfterOneThatTheDeadHadAcceptedIsAnothers() throws Exception {
    ForkedJvm client = forked();
    FakeAgent server = agent();
    TransactionId tid = client.issue();
    client.connectTo(tid, CLIENT, SERVER);
    TransactionId first = server.issue();
    server.accepted(first, SERVER, CLIENT);
    assertEquals(new Message.Joined(first, tid), server.await(Message.Joined.class));
    killed(client);
    assertEquals(new Message.End(tid, true), server.await(Message.End.class));
    TransactionId provisional = server.issue();
    server.accepted(provisional, SERVER, CLIENT);
    server.closed(provisional, SERVER, CLIENT, true);
    assertEquals(new Message.End(provisional, false), server.await(Message.End.class));
  }

  @Test
  void connectionOfADeadClientIsFoundThoughAnotherHasItsEndsAlready() throws Exception {
    ForkedJvm client = forked();
    FakeAgent server = agent();
    TransactionId tid = client.issue();
    client.connectTo(tid, CLIENT, SERVER);
    long accepted = System.currentTimeMillis();
    killed(client);
    FakeAgent successor = agent();
    TransactionId next = successor.issue();
    TransactionId provisional = server.issue();
    TransactionId newer = server.issue();
    server.accepted(provisional, SERVER, CLIENT, accepted);
    server.accepted(newer, SERVER, CLIENT, System.currentTimeMillis() + 10_000);
    successor.connectTo(next, CLIENT, SERVER);
    assertEquals(new Message.Joined(provisional, tid), server.await(Message.Joined.class));
    assertEquals(new Message.Joined(newer, next), server.await(Message.Joined.class));
  }

  @Test
  void jvmThatNeverSaidAWordIsBuried() throws Exception {
    ForkedJvm silent = closing(new ForkedJvm(home));
    Awaitility.await().until(() -> state(silent).equals("DISCONNECTED"));
    killed(silent);
  }

  @Test
  void participantThatDiesWhileEndingIsNotAwaited() throws Exception {
    FakeAgent client = agent();
    ForkedJvm server = forked();
    TransactionId tid = client.issue();
    client.connectTo(tid, CLIENT, SERVER);
    server.accepted(server.issue(), SERVER, CLIENT);
    server.await("Joined");
    command.asOwner("{'command':'abort','transaction':'" + tid + "'}");
    client.await(Message.End.class);
    client.send(new Message.EndAck(tid));
    Awaitility.await().until(() -> tree(tid).get("phase").getAsString().equals("ABORTING"));
    server.kill();
    Awaitility.await()
        .until(
            () -> command.list("{'command':'tree','transaction':'" + tid + "'}").toString(),
            tree -> !tree.contains("ABORTING"));
  }

  @Test
  void handlesOfAKilledJvmAreListedNoMore() throws Exception {
    ForkedJvm jvm = forked();
    jvm.open(HandleKind.FILE, jvm.process(), "/tmp/some", 0);
    String mine = "{'command':'handles','kind':'file','jvm':'" + jvm.pid() + "','path':'/tmp/*'}";
    assertEquals(1, command.list(mine).size());
    assertEquals(0, command.list(mine.replace("/tmp/*", "/var/*")).size());
    assertEquals(0, command.list(mine.replace("'}", "','olderThan':'1h'}")).size());
    jvm.kill();
    Awaitility.await().until(() -> command.list(mine).isEmpty());
  }
}
