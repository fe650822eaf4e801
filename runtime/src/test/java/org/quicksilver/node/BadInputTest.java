package org.quicksilver.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quicksilver.comm.ControlClient;
import org.quicksilver.comm.Message;
import org.quicksilver.handle.HandleKind;
import org.quicksilver.handle.Verdict;

/** Damaged files and senseless requests. */
class BadInputTest extends NodeFixture {

  @BeforeEach
  void startNode() throws Exception {
    start();
  }

  private void age(Path file) throws Exception {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofMinutes(1))));
  }

  @Test
  void fileThatIsNoneOfOursIsPutAside() throws Exception {
    Path foreign = home.breadcrumbs(77);
    Files.writeString(foreign, "what is this".repeat(20_000));
    age(foreign);
    Awaitility.await().until(() -> !Files.exists(foreign));
    assertTrue(Files.exists(home.breadcrumbs().resolve("refused").resolve("77.crumbs")));
    assertEquals(1, status().get("refusedFiles").getAsInt());
  }

  private JsonObject status() throws Exception {
    return command.result("{'command':'status'}").getAsJsonObject();
  }

  @Test
  void flippedBitsInTheFileOfADeadJvmHarmNobody() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 8; i++) {
      try (ForkedJvm jvm = new ForkedJvm(home, "temp-file=reclaim@0")) {
        Path victim = Files.createTempFile(directory, "innocent", "");
        jvm.open(HandleKind.TEMP_FILE, jvm.process(), victim.toString(), 1);
        jvm.open(HandleKind.SOCKET, jvm.process(), "127.0.0.1:1 -> 127.0.0.1:2", 0);
        jvm.signal("STOP");
        flip(home.breadcrumbs(jvm.incarnation()), random);
        age(home.breadcrumbs(jvm.incarnation()));
        jvm.kill();
        Awaitility.await("seed " + seed)
            .until(() -> !Files.exists(home.breadcrumbs(jvm.incarnation())));
        assertTrue(Files.exists(victim), "seed " + seed);
      }
    }
    assertEquals(0, status().get("faults").getAsInt(), "seed " + seed);
  }

  private static void flip(Path file, Random random) throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    for (int k = 0; k < 200; k++) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    for (int k = 0; k < random.nextInt(20); k++) {
      bytes[random.nextInt(256)] ^= (byte) (1 << random.nextInt(8));
    }
    Files.write(
        file, random.nextBoolean() ? bytes : java.util.Arrays.copyOf(bytes, bytes.length / 2));
  }

  @Test
  void helloWithoutBreadcrumbsIsRefused() throws Exception {
    try (ControlClient client = ControlClient.connect(home.socket())) {
      client.send(new Message.Hello(Message.VERSION, 12345, 1, "", new byte[0]));
      assertInstanceOf(Message.Refused.class, client.receive());
    }
    assertEquals(0, status().get("faults").getAsInt());
  }

  @Test
  void senselessRequestsAreAnswered() throws Exception {
    for (String request :
        new String[] {
          "",
          "[]",
          "{",
          "{}",
          "{'command':7}",
          "{'command':'fly'}",
          "{'command':'abort'}",
          "{'command':'handles','kind':'spoon'}",
          "{'command':'handles','olderThan':'x'}",
          "{'command':'tree','transaction':'x'}",
          "{'command':'audit','limit':'x'}",
          "{'command':'handles','path':[]}"
        }) {
      JsonObject answer = command.asOwner(request);
      assertTrue(answer.has("error"), request + " " + answer);
      assertEquals("bad-request", answer.get("code").getAsString(), request);
    }
    assertEquals(0, status().get("faults").getAsInt());
  }

  @Test
  void messagesAboutUnknownThingsChangeNothing() throws Exception {
    FakeAgent agent = agent();
    agent.send(new Message.EndAck(agent.issue()));
    agent.closed(agent.issue(), "", "nonsense", true);
    agent.closed(agent.issue(), "1.2.3.4:5", "1.2.3.4:6", false);
    agent.accepted(agent.issue(), "no endpoint", "[zz]:1");
    agent.accepted(agent.issue(), "x".repeat(5000), "127.0.0.1:" + "9".repeat(2000));
    agent.send(
        new Message.Report(
            1,
            Long.MAX_VALUE / 2,
            Verdict.FAILED,
            true,
            -1,
            Samples.handle(agent.issue()),
            "n".repeat(500_000)));
    agent.await(Message.ReportAck.class);
    assertEquals(0, status().get("faults").getAsInt());
    assertFalse(command.list("{'command':'audit'}").isEmpty());
  }
}
