package org.quicksilver.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Nodes that stop in order. */
class StoppingTest extends NodeFixture {

  @Test
  void stopsInOrderWhenToldTo() throws Exception {
    Process first = forkedNode();
    assertEquals(
        "denied", command.ask("{'command':'stop'}", new byte[0]).get("code").getAsString());
    assertTrue(command.asOwner("{'command':'stop'}").has("result"));
    assertTrue(first.waitFor(10, TimeUnit.SECONDS));
    assertEquals(0, first.exitValue());
    assertFalse(Files.exists(home.socket()));
    assertEquals("", err());
  }

  @Test
  void stopsWhenNobodyNeedsItButNotBefore() throws Exception {
    Process first = forkedNode("linger=1s");
    ForkedJvm jvm = forked();
    Awaitility.await()
        .during(Duration.ofSeconds(2))
        .atMost(Duration.ofSeconds(10))
        .until(first::isAlive);
    jvm.kill();
    assertTrue(first.waitFor(10, TimeUnit.SECONDS));
    assertFalse(Files.exists(home.socket()));
    assertEquals("", err());
  }

  @Test
  void terminatedNodeStopsInOrder() throws Exception {
    Process first = forkedNode();
    first.destroy();
    assertTrue(first.waitFor(10, TimeUnit.SECONDS));
    assertFalse(Files.exists(home.socket()));
    assertEquals("", err());
  }
}
