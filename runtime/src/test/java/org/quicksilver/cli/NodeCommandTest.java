package org.quicksilver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The node as a process, and commands as processes that ask it. */
final class NodeCommandTest {

  @TempDir Path directory;
  private Path home;
  private Process node;
  private BufferedReader output;

  @BeforeEach
  void startNode() throws IOException {
    home = directory.resolve("home");
    node =
        CliProcess.of(List.of(), home, "node", "--linger", "0").redirectErrorStream(true).start();
    output = node.inputReader();
    assertEquals("node ready: " + home.resolve("node.sock"), output.readLine());
  }

  @AfterEach
  void stopNode() {
    node.destroyForcibly();
  }

  private String restOfOutput() {
    return output.lines().collect(Collectors.joining("\n"));
  }

  private String run(String... arguments) throws IOException, InterruptedException {
    return CliProcess.run(CliProcess.of(List.of(), home, arguments));
  }

  @Test
  void itAnswersUntilItIsToldToStop() throws Exception {
    assertEquals(
        "pid " + node.pid(), run("status").lines().findFirst().orElse("").replaceAll(" +", " "));
    assertEquals("no leaks\nexit 0", run("leaks"));
    assertEquals("the node stops\nexit 0", run("stop"));
    assertEquals("", restOfOutput());
    assertEquals(0, node.waitFor());
    assertTrue(run("status").endsWith("exit 3"));
  }

  @Test
  void theSecondNodeOfAHomeDoesNotStart() throws Exception {
    String second = run("node");
    assertTrue(second.contains("a node already runs for " + home), second);
    assertTrue(second.endsWith("\nexit 4"), second);
    assertTrue(run("status").endsWith("exit 0"));
  }

  @Test
  void sigtermStopsItInOrder() throws Exception {
    node.toHandle().destroy();
    assertEquals("", restOfOutput());
    assertEquals(143, node.waitFor());
    assertFalse(Files.exists(home.resolve("node.sock")));
    assertFalse(Files.exists(home.resolve("store").resolve("open")), "the store was closed");
  }

  @Test
  void commandsLoadNeitherNettyNorChronicle() throws Exception {
    for (String command :
        List.of("jvms", "handles", "tree", "leaks", "audit", "status", "policy")) {
      String loaded = CliProcess.run(CliProcess.of(List.of("-Xlog:class+load"), home, command));
      assertTrue(loaded.contains("org.quicksilver.cli.Cli "), command);
      assertFalse(loaded.contains(" io.netty."), command);
      assertFalse(loaded.contains(" net.openhft."), command);
    }
  }
}
