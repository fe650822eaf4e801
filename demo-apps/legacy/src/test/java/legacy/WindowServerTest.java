package legacy;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The window of a client; the tests that show one need a display. */
@EnabledOnOs(OS.LINUX)
class WindowServerTest {
  @TempDir Path directory;
  private LegacyProcess server;

  @BeforeEach
  void startServer() throws IOException {
    server = LegacyProcess.start(directory, WindowServer.class, "0");
  }

  @AfterEach
  void stopServer() throws InterruptedException {
    server.close();
  }

  @Test
  @DisabledIfEnvironmentVariable(named = "DISPLAY", matches = ".+")
  void withoutDisplayTheClientIsTold() throws IOException {
    try (LineSocket client = LineSocket.connect(Address.parse(server.port()))) {
      IOException refused = assertThrows(IOException.class, () -> client.ask("OPEN window"));
      assertEquals("ERR no display (asked: OPEN window)", refused.getMessage());
      assertEquals("0", client.ask("COUNT"));
    }
  }

  @Test
  @EnabledIfEnvironmentVariable(named = "DISPLAY", matches = ".+")
  void windowGoesWithCloseAndStaysWithoutIt() throws Exception {
    try (LegacyProcess orderly = client("in order");
        LegacyProcess killed = client("killed")) {
      assertEquals(2, count());
      orderly.tell("");
      orderly.awaitExit();
      assertEquals(1, count());
      killed.kill();
      killed.awaitExit();
    }
    await().until(() -> server.closeWait() == 1);
    await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(6)).until(() -> count() == 1);
  }

  private LegacyProcess client(String title) throws IOException {
    LegacyProcess client = LegacyProcess.start(directory, WindowClient.class, server.port(), title);
    client.awaitLine("holding");
    return client;
  }

  private int count() throws IOException {
    try (LineSocket client = LineSocket.connect(Address.parse(server.port()))) {
      int count = Integer.parseInt(client.ask("COUNT"));
      client.send("QUIT");
      client.readLine();
      return count;
    }
  }
}
