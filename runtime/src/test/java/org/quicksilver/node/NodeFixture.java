package org.quicksilver.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.quicksilver.config.Home;
import org.quicksilver.config.Settings;

/** A home, a node in this process, and agents that are gone after the test. */
abstract class NodeFixture {

  @TempDir Path directory;

  Home home;
  Command command;
  @Nullable Node node;
  private final Deque<AutoCloseable> toClose = new ArrayDeque<>();

  @BeforeEach
  void makeHome() throws IOException {
    Path path = directory.resolve("home");
    Files.createDirectory(
        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    home = new Home(path).create();
    command = new Command(home);
  }

  Node start(String... options) throws IOException {
    node = Node.start(settings(options));
    return node;
  }

  Settings settings(String... options) {
    String all = "home=" + home.directory() + ",node=auto," + String.join(",", options);
    return Settings.read(all, new Properties(), Map.of());
  }

  <T extends AutoCloseable> T closing(T resource) {
    toClose.push(resource);
    return resource;
  }

  FakeAgent agent() throws IOException, InterruptedException {
    return closing(FakeAgent.connected(home));
  }

  ForkedJvm forked(String policies) throws IOException, InterruptedException {
    return closing(new ForkedJvm(home, policies)).connected();
  }

  ForkedJvm forked() throws IOException, InterruptedException {
    return forked("");
  }

  /** A node in a process of its own, which is killed after the test. */
  Process forkedNode(String... options) throws Exception {
    String all = "home=" + home.directory() + "," + String.join(",", options);
    Process process =
        new ProcessBuilder(ForkedJvm.java(NodeMain.class, all))
            .redirectError(directory.resolve("node.err").toFile())
            .start();
    closing(process::destroyForcibly);
    String line = new BufferedReader(new InputStreamReader(process.getInputStream())).readLine();
    assertEquals("running", line, () -> err());
    return process;
  }

  /** What forked nodes wrote to standard error. */
  String err() {
    try {
      return Files.readString(directory.resolve("node.err"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  static void kill(Process process) throws Exception {
    process.destroyForcibly();
    process.waitFor();
  }

  @AfterEach
  void closeAll() throws Exception {
    while (!toClose.isEmpty()) {
      toClose.pop().close();
    }
    if (node != null) {
      node.close();
    }
  }
}
