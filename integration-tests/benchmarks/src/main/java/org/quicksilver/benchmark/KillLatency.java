package org.quicksilver.benchmark;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * From {@code kill -9} of a client to the last handle closed in the third server of the chain,
 * grace 0: the demo's legacy programs, on loopback. The end is read from the audit trail, whose
 * times are the closing server's own, of the same machine's clock.
 */
final class KillLatency implements AutoCloseable {

  private static final int HANDLES_OF_THE_THIRD = 3;

  private final Path agent;
  private final Path legacy;
  private final Path home;
  private final Path files;
  private final List<Process> started = new ArrayList<>();

  KillLatency(Path agent, Path legacy, Path home, Path files) {
    this.agent = agent;
    this.legacy = legacy;
    this.home = home;
    this.files = files;
  }

  /** Milliseconds, one for each kill. */
  List<Double> measure(int kills) throws IOException, InterruptedException {
    writeFiles();
    String data = server("DataServer", "0", files.resolve("blocks").toString());
    String directory = server("DirectoryServer", "0", data, files.resolve("index").toString());
    String file = server("FileServer", "0", directory, files.resolve("files").toString());
    List<Double> millis = new ArrayList<>();
    for (int kill = 1; kill <= kills; kill++) {
      System.err.println("kill " + kill + " of " + kills);
      millis.add(kill(file, kill));
    }
    return millis;
  }

  private void writeFiles() throws IOException {
    Files.createDirectories(files.resolve("files"));
    Files.createDirectories(files.resolve("blocks"));
    Files.writeString(files.resolve("files/report.txt"), "the quarterly report\n");
    Files.writeString(files.resolve("blocks/block-17"), "the quarterly ");
    Files.writeString(files.resolve("blocks/block-18"), "report\n");
    Files.writeString(files.resolve("index"), "report report.txt block-17,block-18\n");
  }

  private String server(String name, String... arguments) throws IOException {
    return start(name, "listening on ", arguments).replaceAll(".*\\D", "");
  }

  private String start(String name, String ready, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add("-javaagent:" + agent + "=home=" + home + ",policy=*=reclaim@0s");
    command.addAll(List.of("-cp", legacy.toString(), "legacy." + name));
    command.addAll(List.of(arguments));
    Java.Started program = Java.start(ready, Map.of(), command.toArray(String[]::new));
    started.add(program.process());
    return program.line();
  }

  private double kill(String port, int number) throws IOException, InterruptedException {
    start("FileClient", "holding", port, "report");
    Process client = started.get(started.size() - 1);
    awaitTree(client.pid());
    Instant killed = Instant.now();
    client.destroyForcibly().waitFor();
    awaitClosed(started.get(0).pid());
    return awaitReclaims(number * HANDLES_OF_THE_THIRD, killed);
  }

  private void awaitTree(long owner) throws IOException, InterruptedException {
    while (true) {
      for (JsonElement transaction : command("tree")) {
        JsonObject object = transaction.getAsJsonObject();
        if (object.has("ownerPid")
            && object.get("ownerPid").getAsLong() == owner
            && object.getAsJsonArray("participants").size() == 3) {
          return;
        }
      }
    }
  }

  /**
   * Until the third server has no block open. Asked of the kernel, which costs the machine next to
   * nothing: a command is a JVM that starts, and would take the processors from those it measures.
   */
  private void awaitClosed(long third) throws IOException {
    Path blocks = files.resolve("blocks").toRealPath();
    boolean open = true;
    while (open) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(third), "fd"))) {
        open = descriptors.anyMatch(descriptor -> leadsInto(descriptor, blocks));
      }
    }
  }

  private static boolean leadsInto(Path descriptor, Path directory) {
    try {
      return Files.readSymbolicLink(descriptor).startsWith(directory);
    } catch (IOException e) {
      return false;
    }
  }

  private double awaitReclaims(int wanted, Instant killed)
      throws IOException, InterruptedException {
    long third = started.get(0).pid();
    while (true) {
      int found = 0;
      Instant last = killed;
      for (JsonElement line : command("audit")) {
        JsonObject object = line.getAsJsonObject();
        if (object.get("event").getAsString().equals("RECLAIMED")
            && object.get("pid").getAsLong() == third) {
          found++;
          Instant at = Instant.parse(object.get("at").getAsString());
          last = at.isAfter(last) ? at : last;
        }
      }
      if (found >= wanted) {
        return (last.toEpochMilli() - killed.toEpochMilli());
      }
    }
  }

  private JsonArray command(String name) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Java.command(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                agent.toString(),
                name,
                "--json",
                "--home",
                home.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String json = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("quicksilver " + name + " failed");
    }
    return JsonParser.parseString(json).getAsJsonArray();
  }

  /** Kills what it started. */
  @Override
  public void close() {
    started.forEach(Process::destroyForcibly);
  }
}
