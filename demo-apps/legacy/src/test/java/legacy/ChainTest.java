package legacy;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the three servers hold, while their client is there and when it is gone; by the kernel's
 * account.
 */
@EnabledOnOs(OS.LINUX)
class ChainTest {
  /** How long a server that would clean up after all is given to do so. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  @TempDir Path directory;
  private Chain chain;

  @BeforeEach
  void startServers() throws IOException {
    chain = new Chain(directory);
  }

  @AfterEach
  void stopServers() throws InterruptedException {
    chain.close();
  }

  @Test
  void everyServerHoldsFilesForTheClient() throws Exception {
    try (LegacyProcess client = chain.client()) {
      assertHeld();
      assertTrue(client.output().contains("a report"));
    }
  }

  @Test
  void clientThatClosesLeavesNothing() throws Exception {
    try (LegacyProcess client = chain.client()) {
      client.tell("");
      assertEquals(0, client.awaitExit());
    }
    await().until(() -> held() == 0);
    assertEquals(0, chain.file.closeWait());
  }

  @Test
  void killedClientLeavesEverythingOpen() throws Exception {
    try (LegacyProcess client = chain.client()) {
      client.kill();
      assertEquals(137, client.awaitExit());
    }
    await().until(() -> chain.file.closeWait() == 1);
    await().during(PATIENCE).atMost(PATIENCE.multipliedBy(3)).until(() -> held() == 5);
    assertHeld();
  }

  @Test
  void killedFileServerLeavesTheOthersFilesOpen() throws Exception {
    try (LegacyProcess client = chain.client()) {
      chain.file.kill();
      chain.file.awaitExit();
      await().until(() -> chain.index.closeWait() == 1);
      await().during(PATIENCE).atMost(PATIENCE.multipliedBy(3)).until(() -> held() == 3);
      assertTrue(client.isAlive());
    }
  }

  @Test
  void killedDirectoryServerLeavesTheBlocksOpen() throws Exception {
    try (LegacyProcess client = chain.client()) {
      chain.index.kill();
      chain.index.awaitExit();
      await().until(() -> chain.data.closeWait() == 1);
      assertEquals(2, chain.openFiles(chain.data));
      assertTrue(client.isAlive());
    }
  }

  @Test
  void writtenBytesAreReadBack() throws IOException {
    try (LineSocket server = connect()) {
      assertEquals("report 8", server.ask("OPEN report"));
      server.ask("WRITE report 2 " + base64("REPORT"));
      assertEquals(base64("a REPORT"), server.ask("READ report 0 64"));
      assertEquals("", server.ask("CLOSE report"));
    }
  }

  @Test
  void nonsenseIsAnsweredAndTheSessionGoesOn() throws IOException {
    try (LineSocket server = connect()) {
      for (String nonsense :
          new String[] {"OPEN", "OPEN nothing", "OPEN lost", "READ x 0 1", "?"}) {
        assertThrows(IOException.class, () -> server.ask(nonsense), nonsense);
      }
      assertEquals("report 8", server.ask("OPEN report"));
      server.ask("CLOSE report");
    }
  }

  private void assertHeld() {
    assertEquals(2, chain.openFiles(chain.file), "the file and the journal");
    assertEquals(1, chain.openFiles(chain.index), "the index");
    assertEquals(2, chain.openFiles(chain.data), "two blocks");
  }

  private long held() {
    return chain.openFiles(chain.file) + chain.openFiles(chain.index) + chain.openFiles(chain.data);
  }

  private LineSocket connect() throws IOException {
    InetSocketAddress address = Address.parse(chain.file.port());
    return LineSocket.connect(address);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes());
  }
}
