package org.quicksilver.queue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.quicksilver.node.JavaProcess;

/** A {@link ServerMain} seen from the test, which kills it. */
final class ServerProcess implements AutoCloseable {

  private final Process process;

  ServerProcess(Path home, String... queues) throws IOException {
    this(ServerMain.class, home, queues);
  }

  ServerProcess(Class<?> main, Path home, String... more) throws IOException {
    this(main, with(home.toString(), more));
  }

  /** Any program that says that it is running. */
  ServerProcess(Class<?> main, String[] arguments) throws IOException {
    process =
        new ProcessBuilder(JavaProcess.command(main, arguments))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String line = new BufferedReader(new InputStreamReader(process.getInputStream())).readLine();
    if (!"running".equals(line)) {
      throw new IOException("the server does not run: " + line);
    }
  }

  private static String[] with(String first, String[] more) {
    List<String> arguments = new ArrayList<>(List.of(first));
    arguments.addAll(List.of(more));
    return arguments.toArray(new String[0]);
  }

  long pid() {
    return process.pid();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Returns when all its threads stand still: those that run when the signal comes go on a bit. */
  void stop() throws IOException, InterruptedException {
    signal("STOP");
    Awaitility.await().until(this::standsStill);
  }

  void goOn() throws IOException, InterruptedException {
    signal("CONT");
  }

  private boolean standsStill() throws IOException {
    try (DirectoryStream<Path> threads =
        Files.newDirectoryStream(Path.of("/proc", Long.toString(process.pid()), "task"))) {
      for (Path thread : threads) {
        String state = Files.readString(thread.resolve("stat"));
        if (!state.substring(state.lastIndexOf(')')).startsWith(") T")) {
          return false;
        }
      }
      return true;
    }
  }

  private void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
