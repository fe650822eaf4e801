package org.quicksilver.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.quicksilver.Quicksilver;
import org.quicksilver.config.Settings;
import org.quicksilver.node.Node;

/** A node and a client in this process, servers in processes of their own. */
abstract class QueueFixture {

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path directory;

  private final Deque<AutoCloseable> toClose = new ArrayDeque<>();
  Quicksilver quicksilver;
  ServiceQueues queues;

  @BeforeEach
  void startNodeAndClient() throws IOException {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    node("home", "");
    quicksilver = closing(Quicksilver.open(home("home")));
    queues = closing(ServiceQueues.of(quicksilver));
  }

  Path home(String name) {
    return directory.resolve(name);
  }

  Node node(String name, String options) throws IOException {
    String all = "home=" + home(name) + ",link-death=3s" + options;
    return closing(Node.start(Settings.read(all, new Properties(), Map.of())));
  }

  ServerProcess serve(String... names) throws IOException {
    return closing(new ServerProcess(home("home"), names));
  }

  <T extends AutoCloseable> T closing(T resource) {
    toClose.push(resource);
    return resource;
  }

  String call(String queue, String text) throws CallException, InterruptedException {
    return text(queues.queue(queue).call(text.getBytes(UTF_8)));
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  static List<String> lines(Path file) throws IOException {
    return java.nio.file.Files.exists(file) ? java.nio.file.Files.readAllLines(file) : List.of();
  }

  @AfterEach
  void closeAll() throws Exception {
    while (!toClose.isEmpty()) {
      toClose.pop().close();
    }
  }
}
