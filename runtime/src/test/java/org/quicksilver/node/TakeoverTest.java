package org.quicksilver.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.quicksilver.comm.Message;
import org.quicksilver.handle.HandleKind;
import org.quicksilver.handle.Verdict;
import org.quicksilver.transaction.TransactionId;

/** Nodes that are killed, started twice, or not needed. */
class TakeoverTest extends NodeFixture {

  private static final String CLIENT = "127.0.0.1:40001";
  private static final String SERVER = "127.0.0.1:8080";

  @Test
  void secondNodeIsRefusedAndNamesTheFirst() throws Exception {
    Process first = forkedNode();
    NodeRunningException e = assertThrows(NodeRunningException.class, this::start);
    assertEquals(first.pid(), e.pid());
    assertTrue(e.getMessage().contains(home.directory().toString()), e.getMessage());
    assertTrue(command.result("{'command':'status'}").isJsonObject());
    kill(first);
    start();
    assertTrue(command.result("{'command':'status'}").isJsonObject());
  }

  @Test
  void nextNodeGoesOnWithTransactionsAndAuditTrail() throws Exception {
    Process first = forkedNode();
    ForkedJvm client = forked();
    FakeAgent server = agent();
    TransactionId tid = client.issue();
    TransactionId provisional = server.issue();
    client.connectTo(tid, CLIENT, SERVER);
    server.accepted(provisional, SERVER, CLIENT);
    server.await(Message.Joined.class);
    Message.Report report =
        new Message.Report(1, 1, Verdict.LEAK, false, 5, Samples.handle(provisional), "");
    server.send(report);
    server.await(Message.ReportAck.class);
    kill(first);
    client.kill();
    start();
    server.connect();
    assertEquals(new Message.Joined(provisional, tid), server.await(Message.Joined.class));
    assertEquals(new Message.End(tid, true), server.await(Message.End.class));
    server.accepted(provisional, SERVER, CLIENT);
    assertEquals(new Message.Joined(provisional, tid), server.await(Message.Joined.class));
    server.send(report);
    assertEquals(1, server.await(Message.ReportAck.class).number());
    JsonArray lines = command.list("{'command':'audit'}");
    assertEquals(1, lines.size(), lines.toString());
    assertEquals(tid.toString(), lines.get(0).getAsJsonObject().get("transaction").getAsString());
    assertEquals("", err());
  }

  @Test
  void endThatWasNotAcknowledgedIsToldByTheNextNode() throws Exception {
    Process first = forkedNode();
    FakeAgent client = agent();
    FakeAgent server = agent();
    TransactionId tid = client.issue();
    client.connectTo(tid, CLIENT, SERVER);
    server.accepted(server.issue(), SERVER, CLIENT);
    server.await(Message.Joined.class);
    command.asOwner("{'command':'abort','transaction':'" + tid + "'}");
    server.await(Message.End.class);
    kill(first);
    start();
    server.connect();
    assertEquals(new Message.End(tid, true), server.await(Message.End.class));
  }

  @Test
  void whatDiedWhileNoNodeRanIsCleanedByTheNext() throws Exception {
    Process first = forkedNode();
    Path file = Files.createTempFile(directory, "left", ".tmp");
    ForkedJvm jvm = forked("temp-file=reclaim@0");
    jvm.open(HandleKind.TEMP_FILE, jvm.process(), file.toString(), 0);
    kill(first);
    jvm.kill();
    assertTrue(Files.exists(file));
    start();
    Awaitility.await().until(() -> !Files.exists(file));
    Awaitility.await().until(() -> command.list("{'command':'audit'}").size() == 1);
  }

  @Test
  void policiesSurvive() throws Exception {
    Process first = forkedNode();
    FakeAgent agent = agent();
    String set = "{'command':'policy','set':'file:/tmp/**=reclaim+leaks@5s'}";
    assertEquals("denied", command.ask(set, new byte[0]).get("code").getAsString());
    assertTrue(command.asOwner(set).has("result"));
    assertEquals(
        "file:/tmp/**=reclaim+leaks@5s", agent.await(Message.PolicyChange.class).policies());
    String bad = "{'command':'policy','set':'nonsense'}";
    assertEquals("bad-request", command.asOwner(bad).get("code").getAsString());
    kill(first);
    start();
    assertTrue(
        command
            .result("{'command':'policy'}")
            .toString()
            .contains("file:/tmp/**=reclaim+leaks@5s"));
  }

  @Test
  void everythingKilledAtOnceIsSettledByTheNextNode() throws Exception {
    Process first = forkedNode();
    ForkedJvm client = forked();
    ForkedJvm server = forked("temp-file=reclaim@0");
    Path file = Files.createTempFile(directory, "left", ".tmp");
    TransactionId tid = client.issue();
    client.connectTo(tid, CLIENT, SERVER);
    server.accepted(server.issue(), SERVER, CLIENT);
    server.await("Joined");
    server.open(HandleKind.TEMP_FILE, tid, file.toString(), 0);
    first.destroyForcibly();
    server.kill();
    client.kill();
    kill(first);
    start();
    Awaitility.await().until(() -> !Files.exists(file));
    Awaitility.await().until(() -> command.list("{'command':'tree'}").isEmpty());
    Awaitility.await().until(() -> !Files.exists(home.breadcrumbs(server.incarnation())));
    JsonArray lines = command.list("{'command':'audit','transaction':'" + tid + "'}");
    assertEquals(1, lines.size(), lines.toString());
    assertEquals("ABORTED", lines.get(0).getAsJsonObject().get("outcome").getAsString());
  }

  @Test
  void noReportIsLostOrDoubledHoweverOftenTheNodeIsKilled() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Process running = forkedNode();
    FakeAgent agent = agent();
    TreeSet<Long> pending = new TreeSet<>();
    for (long number = 1; number <= 300; number++) {
      pending.add(number);
      if (number % 100 == random.nextInt(100) || number == 150) {
        kill(running);
        running = forkedNode();
        agent.disconnect();
        agent.connect();
        for (long again : pending) {
          report(agent, again);
        }
      } else {
        report(agent, number);
      }
      agent.received().stream()
          .filter(Message.ReportAck.class::isInstance)
          .forEach(ack -> pending.remove(((Message.ReportAck) ack).number()));
    }
    String audit = "{'command':'audit','limit':10000}";
    Awaitility.await("seed " + seed).until(() -> command.list(audit).size() == 300);
    Set<String> whats = new HashSet<>();
    for (JsonElement line : command.list(audit)) {
      whats.add(line.getAsJsonObject().get("what").getAsString());
    }
    assertEquals(300, whats.size(), "seed " + seed);
    assertEquals("", err(), "seed " + seed);
  }

  private static void report(FakeAgent agent, long number) {
    try {
      agent.send(
          new Message.Report(number, 1, Verdict.LEAK, false, 5, Samples.handle(agent, number), ""));
    } catch (IOException e) {
      // The node is being killed; the report is sent again.
    }
  }
}
