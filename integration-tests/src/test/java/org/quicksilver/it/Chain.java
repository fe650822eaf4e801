package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The legacy file server that asks a directory server that asks a data server, all with the agent.
 */
final class Chain {

  /** What all three hold for one client: the files. */
  static final int FILES = 5;

  /** What all three hold for one client: each an accepted socket, two a connection onwards. */
  static final int SOCKETS = 5;

  private final Room room;
  private final Jdk jdk;
  private final Agent agent;
  private final Path files;
  private final RunningProgram data;
  private final RunningProgram directory;
  private final RunningProgram file;

  /** Starts them and waits until they listen. */
  Chain(Room room, Jdk jdk, Agent agent) throws IOException {
    this.room = room;
    this.jdk = jdk;
    this.agent = agent;
    this.files = room.empty("files");
    Path blocks = Files.createDirectory(files.resolve("blocks"));
    Files.writeString(blocks.resolve("block-1"), "first half, ");
    Files.writeString(blocks.resolve("block-2"), "second half");
    Path root = Files.createDirectory(files.resolve("root"));
    Files.writeString(root.resolve("report.txt"), "a report");
    Path index = Files.writeString(files.resolve("index"), "report report.txt block-1,block-2\n");
    data = start("legacy.DataServer", 0, blocks);
    directory = start("legacy.DirectoryServer", 0, port(data), index);
    file = start("legacy.FileServer", 0, port(directory), root);
  }

  private RunningProgram start(String main, Object... arguments) throws IOException {
    JavaProgram program = JavaProgram.of(jdk, main).classPath(Places.legacy().toString());
    return room.start(program.quick().agent(agent).arguments(arguments));
  }

  private static String port(RunningProgram server) {
    return server.awaitLine("listening on ");
  }

  /** A client that holds the file open. */
  RunningProgram client() throws IOException {
    RunningProgram client = start("legacy.FileClient", port(file), "report");
    client.awaitLine("holding");
    return client;
  }

  RunningProgram data() {
    return data;
  }

  RunningProgram directory() {
    return directory;
  }

  RunningProgram file() {
    return file;
  }

  List<RunningProgram> servers() {
    return List.of(data, directory, file);
  }

  Set<Long> pids() {
    return servers().stream().map(RunningProgram::pid).collect(Collectors.toSet());
  }

  /** Waits until all three are known to take part in the transaction of a client, and names it. */
  String transactionOf(RunningProgram client) {
    Cli cli = Cli.of(room, jdk);
    JsonObject tree =
        Patience.until("a tree of four JVMs")
            .until(
                () -> cli.conversations(client.pid()),
                trees -> trees.size() == 1 && participants(trees.get(0)).equals(pids()))
            .get(0);
    assertEquals(client.pid(), tree.get("ownerPid").getAsLong());
    return tree.get("transaction").getAsString();
  }

  private static Set<Long> participants(JsonObject tree) {
    return tree.getAsJsonArray("participants").asList().stream()
        .map(participant -> participant.getAsJsonObject().get("pid").getAsLong())
        .collect(Collectors.toSet());
  }

  /** Waits until the servers hold exactly that. */
  void await(Held held) {
    Patience.until(held + " in the servers").until(this::held, held::equals);
  }

  /** What a server holds for all its clients, by the kernel's account. */
  Held heldBy(RunningProgram server) throws IOException {
    OpenDescriptors open = server.descriptors();
    return new Held(open.below(files).size(), open.connections());
  }

  /** What the servers hold for all their clients, by the kernel's account. */
  Held held() throws IOException {
    Held held = Held.NOTHING;
    for (RunningProgram server : servers()) {
      held = held.plus(heldBy(server));
    }
    return held;
  }

  /** What they hold when each of so many clients is there. */
  static Held heldFor(int clients) {
    return new Held(clients * FILES, clients * SOCKETS);
  }

  /** What the others hold for one client when the directory server is gone. */
  static Held heldByTheOuterTwo() {
    return new Held(4, 3);
  }

  /**
   * Descriptors of the servers.
   *
   * @param files open files that they serve
   * @param sockets connections
   */
  record Held(int files, int sockets) {
    static final Held NOTHING = new Held(0, 0);

    int all() {
      return files + sockets;
    }

    Held plus(Held other) {
      return new Held(files + other.files, sockets + other.sockets);
    }
  }
}
