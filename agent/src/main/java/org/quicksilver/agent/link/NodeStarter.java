package org.quicksilver.agent.link;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.quicksilver.comm.ControlClient;
import org.quicksilver.config.Home;
import org.quicksilver.config.Settings;

/**
 * Finds the node of the home, and starts one if none runs and that is wanted. Of many agents that
 * find none at once, one starts it: the holder of {@code start.lock}. Reading thread only.
 */
final class NodeStarter {

  private static final long START_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final long LOOK_EVERY_MILLIS = 20;

  private final Settings settings;
  private final File jar;
  private final AgentLog log;
  private String refusal = "";

  NodeStarter(Settings settings, File jar, AgentLog log) {
    this.settings = settings;
    this.jar = jar;
    this.log = log;
  }

  ControlClient connectOrStart() throws IOException {
    ControlClient running = tryConnect();
    if (running != null) {
      return running;
    }
    if (settings.node().equals("embedded")) {
      startEmbedded();
      return ControlClient.connect(settings.home().socket());
    }
    try (FileChannel channel =
            FileChannel.open(
                settings.home().startLock(),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                Home.ownerOnlyFile());
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        throw new IOException("somebody else is starting a node");
      }
      running = tryConnect();
      return running == null ? start() : running;
    }
  }

  /** Tried again and again; why it does not start is said when it changes. */
  private void startEmbedded() throws IOException {
    try {
      EmbeddedNode.start(settings);
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage());
      if (!why.equals(refusal)) {
        refusal = why;
        log.say("no embedded node: " + why);
      }
      throw e;
    }
  }

  private @Nullable ControlClient tryConnect() {
    try {
      return ControlClient.connect(settings.home().socket());
    } catch (IOException e) {
      return null;
    }
  }

  private ControlClient start() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command());
    builder.redirectErrorStream(true);
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(settings.home().nodeOutput().toFile()));
    builder.directory(settings.home().directory().toFile());
    // An agent or a debugger set there for every JVM is not for the node.
    List.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS")
        .forEach(builder.environment()::remove);
    log.say("starting a node for " + settings.home().directory());
    try {
      builder.start();
    } catch (IOException e) {
      log.say("cannot start a node: " + e.getMessage());
      throw e;
    }
    return waitForNode();
  }

  private ControlClient waitForNode() throws IOException {
    long deadline = System.nanoTime() + START_TIMEOUT_NANOS;
    while (System.nanoTime() - deadline < 0) {
      ControlClient running = tryConnect();
      if (running != null) {
        return running;
      }
      try {
        Thread.sleep(LOOK_EVERY_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
    log.say("the node did not start within 20 s; see node.log and node.out in the home");
    throw new IOException("the node did not start");
  }

  /**
   * In a session of its own where that can be had: the application's terminal and process group do
   * not take the node with them.
   */
  private List<String> command() {
    List<String> command = new ArrayList<>();
    Path setsid = Path.of("/usr/bin/setsid");
    if (Files.isExecutable(setsid)) {
      command.add(setsid.toString());
      command.add("--fork");
    }
    String java =
        System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("win")
            ? "java.exe"
            : "java";
    command.add(Path.of(System.getProperty("java.home"), "bin", java).toString());
    command.add("-Xmx" + settings.nodeHeap());
    command.add("-XX:+UseSerialGC");
    command.add("-Xshare:auto");
    // Newer Javas would warn that Chronicle Map uses Unsafe.
    command.add("-Dsun.misc.unsafe.memory.access=allow");
    command.add("-jar");
    command.add(jar.getAbsolutePath());
    command.addAll(
        List.of(
            "node",
            "--quiet",
            "--home",
            settings.home().directory().toString(),
            "--linger",
            settings.linger().toMillis() + "ms"));
    return command;
  }
}
