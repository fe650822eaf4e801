package org.quicksilver.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quicksilver.comm.Message;
import org.quicksilver.handle.HandleKind;
import org.quicksilver.handle.Verdict;
import org.quicksilver.transaction.TransactionId;

/** Connections of agents that live: links, joining, ends. */
class ConversationsTest extends NodeFixture {

  private static final String CLIENT = "127.0.0.1:40001";
  private static final String SERVER = "127.0.0.1:8080";

  private static final int SILENT = 20;
  private static final int SWEEP_MILLIS = 1000;

  private FakeAgent client;
  private FakeAgent server;
  private TransactionId conversation;
  private TransactionId provisional;

  @BeforeEach
  void startAll() throws Exception {
    start();
    client = agent();
    server = agent();
    conversation = client.issue();
    provisional = server.issue();
  }

  private void link() throws Exception {
    client.connectTo(conversation, CLIENT, SERVER);
    server.accepted(provisional, SERVER, CLIENT);
    assertEquals(new Message.Joined(provisional, conversation), server.await(Message.Joined.class));
    assertEquals(
        new Message.Watch(conversation, CLIENT, SERVER), client.await(Message.Watch.class));
  }

  @Test
  void acceptedConnectionJoinsTheTransactionOfItsOpener() throws Exception {
    link();
  }

  @Test
  void openerThatWritesItsEndsLateIsFound() throws Exception {
    server.accepted(provisional, SERVER, CLIENT);
    Awaitility.await().until(() -> node != null);
    client.connectTo(conversation, CLIENT, SERVER);
    assertEquals(new Message.Joined(provisional, conversation), server.await(Message.Joined.class));
  }

  /** At every time between two looks at who is there. */
  @Test
  void openerThatHasNotSaidAWordIsNoStranger() throws Exception {
    Map<TransactionId, TransactionId> expected = new HashMap<>();
    for (int i = 0; i < SILENT; i++) {
      FakeAgent silent = closing(new FakeAgent(home));
      TransactionId opened = silent.issue();
      TransactionId accepted = server.issue();
      String local = "127.0.0.1:" + (41_000 + i);
      silent.connectTo(opened, local, SERVER);
      server.accepted(accepted, SERVER, local);
      expected.put(accepted, opened);
      Thread.sleep(SWEEP_MILLIS / SILENT);
    }
    for (int i = 0; i < SILENT; i++) {
      Message.Joined joined = server.await(Message.Joined.class);
      assertEquals(expected.remove(joined.provisional()), joined.transaction());
    }
  }

  /** A server that finds the time to tell of a connection only when it is closed at both ends. */
  @Test
  void openerThatHasClosedItRemembersIt() throws Exception {
    long now = System.currentTimeMillis();
    client.remember(conversation, CLIENT, SERVER, now, now + 60_000);
    server.accepted(provisional, SERVER, CLIENT);
    server.closed(provisional, SERVER, CLIENT, true);
    assertEquals(new Message.Joined(provisional, conversation), server.await(Message.Joined.class));
    client.await(Message.Watch.class);
    client.closed(conversation, CLIENT, SERVER, false);
    assertEquals(new Message.End(conversation, false), server.await(Message.End.class));
  }

  @Test
  void connectionOpenedAfterItWasAcceptedIsAnother() throws Exception {
    long later = System.currentTimeMillis() + 60_000;
    client.remember(conversation, CLIENT, SERVER, later, later);
    server.accepted(provisional, SERVER, CLIENT);
    server.closed(provisional, SERVER, CLIENT, true);
    assertEquals(new Message.End(provisional, false), server.await(Message.End.class));
    assertEquals("1", status("strangers"));
  }

  /** A server may accept only when its client has gone on; nobody else turns out to be it. */
  @Test
  void connectionClosedBeforeItWasAcceptedIsItAtLast() throws Exception {
    rememberFormer(CLIENT, SERVER);
    server.accepted(provisional, SERVER, CLIENT);
    assertEquals(new Message.Joined(provisional, conversation), server.await(Message.Joined.class));
  }

  private void rememberFormer(String local, String remote) {
    long now = System.currentTimeMillis();
    client.remember(conversation, local, remote, now - 5000, now - 1000);
  }

  /** Its port has come back with a JVM that has not found the time to connect. */
  @Test
  void formerConnectionGivesWayToThatOfAJvmNobodyHasHeardOf() throws Exception {
    rememberFormer(CLIENT, SERVER);
    FakeAgent silent = closing(new FakeAgent(home));
    TransactionId opened = silent.issue();
    silent.connectTo(opened, CLIENT, SERVER);
    server.accepted(provisional, SERVER, CLIENT);
    assertEquals(new Message.Joined(provisional, opened), server.await(Message.Joined.class));
  }

  /** As does one that writes its ends late. */
  @Test
  void formerConnectionGivesWayToOneThatIsWrittenDownLate() throws Exception {
    rememberFormer(CLIENT, SERVER);
    FakeAgent late = agent();
    server.accepted(provisional, SERVER, CLIENT);
    client.await(Message.Sought.class);
    TransactionId opened = late.issue();
    late.connectTo(opened, CLIENT, SERVER);
    assertEquals(new Message.Joined(provisional, opened), server.await(Message.Joined.class));
  }

  @Test
  void formerConnectionIsNotOneWhoseOtherEndIsOpen() throws Exception {
    Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/net/tcp")));
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        Socket opener = new Socket(listener.getInetAddress(), listener.getLocalPort());
        Socket accepted = listener.accept()) {
      String local = "127.0.0.1:" + accepted.getLocalPort();
      String remote = "127.0.0.1:" + opener.getLocalPort();
      rememberFormer(remote, local);
      server.accepted(provisional, local, remote);
      Awaitility.await().until(() -> status("strangers").equals("1"));
    }
  }

  /** An agent that does not answer is waited for, but not for ever. */
  @Test
  void whoDoesNotAnswerKnowsNothing() throws Exception {
    client.deafen();
    server.accepted(provisional, SERVER, CLIENT);
    server.closed(provisional, SERVER, CLIENT, true);
    assertEquals(new Message.End(provisional, false), server.await(Message.End.class));
  }

  @Test
  void bothEndsClosedCommits() throws Exception {
    link();
    server.closed(provisional, SERVER, CLIENT, true);
    client.closed(conversation, CLIENT, SERVER, false);
    assertEquals(new Message.End(conversation, false), server.await(Message.End.class));
    assertEquals(new Message.End(conversation, false), client.await(Message.End.class));
    server.send(new Message.EndAck(conversation));
    client.send(new Message.EndAck(conversation));
    Awaitility.await()
        .untilAsserted(() -> assertEquals("2", status("transactions"), "the two processes'"));
    assertEquals("1", status("committed"));
  }

  private String status(String field) throws Exception {
    return command.result("{'command':'status'}").getAsJsonObject().get(field).getAsString();
  }

  @Test
  void oneEndClosedDoesNotEndIt() throws Exception {
    link();
    client.closed(conversation, CLIENT, SERVER, false);
    server.send(new Message.Report(1, 1, Verdict.LEAK, false, 1, Samples.handle(conversation), ""));
    server.await(Message.ReportAck.class);
    assertEquals("ACTIVE", tree(conversation).get("phase").getAsString());
  }

  private JsonObject tree(TransactionId tid) throws Exception {
    JsonArray trees = command.list("{'command':'tree','transaction':'" + tid + "'}");
    assertEquals(1, trees.size(), trees.toString());
    return trees.get(0).getAsJsonObject();
  }

  @Test
  void chainIsOneTree() throws Exception {
    link();
    FakeAgent last = agent();
    server.connectTo(conversation, "127.0.0.1:40002", "127.0.0.1:9090");
    last.open(HandleKind.FILE, conversation, "/tmp/x", 0);
    TransactionId branch = last.issue();
    last.accepted(branch, "127.0.0.1:9090", "127.0.0.1:40002");
    assertEquals(new Message.Joined(branch, conversation), last.await(Message.Joined.class));
    JsonObject tree = tree(conversation);
    assertEquals("conversation", tree.get("kind").getAsString());
    JsonArray participants = tree.getAsJsonArray("participants");
    assertEquals(2, participants.size());
    JsonObject second = participants.get(1).getAsJsonObject();
    assertEquals(last.incarnation(), second.get("incarnation").getAsInt());
    assertEquals("127.0.0.1:40002 -> 127.0.0.1:9090", second.get("via").getAsString());
    assertEquals(
        "/tmp/x",
        second.getAsJsonArray("handles").get(0).getAsJsonObject().get("what").getAsString());
  }

  @Test
  void branchFoundBeforeItsTrunkIsRenamed() throws Exception {
    FakeAgent last = agent();
    TransactionId branch = last.issue();
    server.connectTo(provisional, "127.0.0.1:40002", "127.0.0.1:9090");
    last.accepted(branch, "127.0.0.1:9090", "127.0.0.1:40002");
    assertEquals(new Message.Joined(branch, provisional), last.await(Message.Joined.class));
    link();
    assertEquals(new Message.Joined(provisional, conversation), last.await(Message.Joined.class));
    server.closed(provisional, SERVER, CLIENT, true);
    client.closed(conversation, CLIENT, SERVER, false);
    assertEquals(new Message.End(conversation, false), last.await(Message.End.class));
  }

  @Test
  void strangersConversationIsTheServersAndEndsWithItsEnd() throws Exception {
    server.accepted(provisional, SERVER, "192.0.2.1:40001");
    server.closed(provisional, SERVER, "192.0.2.1:40001", true);
    assertEquals(new Message.End(provisional, false), server.await(Message.End.class));
  }

  @Test
  void neighbourWithoutAnAgentIsAStranger() throws Exception {
    server.accepted(provisional, SERVER, CLIENT);
    server.closed(provisional, SERVER, CLIENT, true);
    assertEquals(new Message.End(provisional, false), server.await(Message.End.class));
  }

  @Test
  void abortNeedsTheSecret() throws Exception {
    link();
    String abort = "{'command':'abort','transaction':'" + provisional + "'}";
    assertEquals("denied", command.ask(abort, new byte[32]).get("code").getAsString());
    assertTrue(command.asOwner(abort).has("result"));
    assertEquals(new Message.End(conversation, true), server.await(Message.End.class));
    assertEquals(new Message.End(conversation, true), client.await(Message.End.class));
    assertEquals("ended", command.asOwner(abort).get("code").getAsString());
    String unknown = "{'command':'abort','transaction':'0000000000000001-00000001-1'}";
    assertEquals("not-found", command.asOwner(unknown).get("code").getAsString());
  }

  @Test
  void joiningAnEndedTransactionIsToldItsEnd() throws Exception {
    link();
    command.asOwner("{'command':'abort','transaction':'" + conversation + "'}");
    server.await(Message.End.class);
    server.send(new Message.EndAck(conversation));
    client.send(new Message.EndAck(conversation));
    FakeAgent late = agent();
    server.connectTo(conversation, "127.0.0.1:40003", "127.0.0.1:9090");
    late.accepted(late.issue(), "127.0.0.1:9090", "127.0.0.1:40003");
    assertEquals(conversation, late.await(Message.Joined.class).transaction());
    assertEquals(new Message.End(conversation, true), late.await(Message.End.class));
  }

  @Test
  void reconnectedAgentIsToldWhatItMissed() throws Exception {
    link();
    server.disconnect();
    Awaitility.await()
        .until(() -> command.list("{'command':'jvms'}").toString().contains("DISCONNECTED"));
    command.asOwner("{'command':'abort','transaction':'" + conversation + "'}");
    server.connect();
    server.accepted(provisional, SERVER, CLIENT);
    assertEquals(new Message.Joined(provisional, conversation), server.await(Message.Joined.class));
    assertEquals(new Message.End(conversation, true), server.await(Message.End.class));
  }

  @Test
  void pooledConnectionJoinsTheProcessAndItsCloseEndsNothing() throws Exception {
    client.connectTo(client.process(), CLIENT, SERVER);
    server.accepted(provisional, SERVER, CLIENT);
    assertEquals(client.process(), server.await(Message.Joined.class).transaction());
    server.closed(provisional, SERVER, CLIENT, true);
    client.closed(client.process(), CLIENT, SERVER, false);
    server.send(new Message.Report(1, 1, Verdict.LEAK, false, 1, Samples.handle(provisional), ""));
    server.await(Message.ReportAck.class);
    assertEquals("ACTIVE", tree(client.process()).get("phase").getAsString());
    assertFalse(server.received().stream().anyMatch(Message.End.class::isInstance));
  }
}
