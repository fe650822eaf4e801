package org.quicksilver.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.quicksilver.comm.ControlClient;
import org.quicksilver.comm.Message;
import org.quicksilver.comm.Peer;

/** A node within the JVM of an agent, and a node on a loopback port. */
class EmbeddedTest extends NodeFixture {

  @Test
  void embeddedNodeLeavesTheLockOfItsOwnJvmAlone() throws Exception {
    FakeAgent own = closing(new FakeAgent(home));
    start("node=embedded");
    own.connect();
    own.disconnect();
    Awaitility.await()
        .until(() -> command.list("{'command':'jvms'}").toString().contains("DISCONNECTED"));
    Awaitility.await()
        .pollDelay(java.time.Duration.ofMillis(1500))
        .until(() -> command.list("{'command':'jvms'}").size() == 1);
    node.close();
    assertEquals("locked", probe(home.breadcrumbs(own.incarnation()).toString()));
  }

  /** Asks from another process, since the kernel grants a process its own locks. */
  private static String probe(String file) throws Exception {
    Process process = new ProcessBuilder(ForkedJvm.java(Probe.class, file)).start();
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    return new String(process.getInputStream().readAllBytes()).strip();
  }

  /** The program of the process that asks. */
  static final class Probe {
    private Probe() {}

    public static void main(String[] args) throws Exception {
      try (RandomAccessFile file = new RandomAccessFile(args[0], "rw")) {
        System.out.println(file.getChannel().tryLock() == null ? "locked" : "free");
      }
    }
  }

  @Test
  void embeddedNodeLeavesTheLoggingOfItsApplicationAlone() throws Exception {
    int handlers = Logger.getLogger("").getHandlers().length;
    start("node=embedded");
    assertEquals(handlers, Logger.getLogger("").getHandlers().length);
    Logger.getLogger("org.quicksilver.log").info("from below");
    Awaitility.await().until(() -> Files.readString(home.nodeLog()).contains("from below"));
    assertEquals(
        "rw-------",
        java.nio.file.attribute.PosixFilePermissions.toString(
            Files.getPosixFilePermissions(home.nodeLog())));
  }

  @Test
  void agentOnALoopbackPortProvesThatItKnowsTheSecret() throws Exception {
    start("listen=127.0.0.1:0");
    FakeAgent agent = closing(new FakeAgent(home));
    try (ControlClient client = ControlClient.connect(node.address().orElseThrow())) {
      Message.Challenge challenge = (Message.Challenge) client.receive();
      client.send(
          new Message.Hello(
              Message.VERSION,
              agent.incarnation(),
              ProcessHandle.current().pid(),
              "",
              Peer.proof(home.secret(), challenge.nonce())));
      assertInstanceOf(Message.Welcome.class, client.receive());
    }
  }

  @Test
  void nodeThatCannotListenThereLeavesNothingRunning() throws Exception {
    IOException e = assertThrows(IOException.class, () -> start("listen=0.0.0.0:1234"));
    assertTrue(e.getMessage().contains("loopback"), e.getMessage());
    assertFalse(Files.exists(home.socket()));
    start();
    assertTrue(command.result("{'command':'status'}").isJsonObject());
  }
}
