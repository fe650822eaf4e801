package org.quicksilver.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.quicksilver.comm.Message;
import org.quicksilver.handle.BreadcrumbWriter;
import org.quicksilver.transaction.TransactionId;

/** Many connections at once. */
class CrowdTest extends NodeFixture {

  private static final int CONNECTIONS = 1000;

  @Test
  void everyConnectionIsLinkedAndEnds() throws Exception {
    start();
    FakeAgent client = agent();
    FakeAgent server = agent();
    for (int i = 0; i < CONNECTIONS; i++) {
      TransactionId tid = client.issue();
      client.connectTo(tid, "127.0.0.1:" + (20_000 + i), "127.0.0.1:80");
      server.accepted(server.issue(), "127.0.0.1:80", "127.0.0.1:" + (20_000 + i));
    }
    CompletableFuture<Set<TransactionId>> clients =
        CompletableFuture.supplyAsync(() -> closeAndEnd(client));
    Set<TransactionId> ended = closeAndEnd(server);
    assertEquals(CONNECTIONS, ended.size());
    assertEquals(ended, clients.join());
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertEquals(2, status().get("transactions").getAsInt()));
    assertEquals(CONNECTIONS, status().get("committed").getAsInt());
    assertEquals(0, status().get("faults").getAsInt());
    assertEquals(0, status().get("unstored").getAsInt());
  }

  /** Closes its end as soon as it knows whose the connection is, and takes notice of every end. */
  private static Set<TransactionId> closeAndEnd(FakeAgent agent) {
    Set<TransactionId> ended = new HashSet<>();
    try {
      while (ended.size() < CONNECTIONS) {
        Message message = agent.await(Message.class);
        if (message instanceof Message.Watch m) {
          agent.closed(m.transaction(), m.local(), m.remote(), false);
        } else if (message instanceof Message.Joined m) {
          // The client counts from 2.
          String remote = "127.0.0.1:" + (19_998 + m.transaction().sequence());
          agent.closed(m.provisional(), "127.0.0.1:80", remote, true);
        } else if (message instanceof Message.End m) {
          agent.send(new Message.EndAck(m.transaction()));
          ended.add(m.transaction());
        }
      }
      return ended;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("after " + ended.size(), e);
    }
  }

  @Test
  void twoHundredThatDiedWithoutAWordAreBuried() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    for (int i = 0; i < 200; i++) {
      int incarnation = home.nextIncarnation();
      Path file = home.breadcrumbs(incarnation);
      BreadcrumbWriter.create(file, home.nodeId(), incarnation, dead.pid()).close();
    }
    start();
    Awaitility.await().until(() -> status().get("deaths").getAsInt() == 200);
    try (Stream<Path> files = Files.list(home.breadcrumbs())) {
      assertEquals(List.of(), files.toList());
    }
    assertEquals(200, command.list("{'command':'jvms','all':true}").size());
    assertEquals(0, status().get("faults").getAsInt());
  }

  private JsonObject status() throws Exception {
    return command.result("{'command':'status'}").getAsJsonObject();
  }
}
