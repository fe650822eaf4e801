package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Two clients by turns at one server, which forgets to close a file for some of their requests:
 * each file hangs on its client's tree. One client is killed and gets back what was his; the other
 * leaves in order, and what was left open for it is reported with its line; nothing else ever is.
 */
final class TwoClients {

  private static final int REQUESTS = 6;

  private final Room room;
  private final Jdk jdk;
  private final RealServer kind;
  private final Cli cli;
  private final Path files;
  private UnaryOperator<JavaProgram> before = program -> program;
  private UnaryOperator<JavaProgram> after = program -> program;
  private UnaryOperator<JavaProgram> friends = program -> program;

  TwoClients(Room room, Jdk jdk, RealServer kind) throws IOException {
    this.room = room;
    this.jdk = jdk;
    this.kind = kind;
    this.cli = Cli.of(room, jdk);
    this.files = room.empty("files");
  }

  /** How the server is started, other than usual; options come before our agent. */
  TwoClients server(UnaryOperator<JavaProgram> how) {
    before = how;
    return this;
  }

  /** How the clients are started, other than usual. */
  TwoClients friends(UnaryOperator<JavaProgram> how) {
    friends = how;
    return this;
  }

  /** As {@link #server}; options come after our agent. */
  TwoClients serverAfter(UnaryOperator<JavaProgram> how) {
    after = how;
    return this;
  }

  private Agent agent() {
    return Agent.linked(room.home()).with("policy=*=reclaim");
  }

  /** Plays it, to the end of the server. */
  RunningProgram play() throws Exception {
    writeFiles();
    Path portFile = room.directory().resolve("port");
    JavaProgram program = before.apply(kind.server(jdk, portFile, files)).agent(agent());
    RunningProgram server = room.start(after.apply(program));
    String port = PortFiles.await(portFile, server);
    RunningProgram first = friend(port);
    RunningProgram second = friend(port);
    for (int i = 0; i < REQUESTS; i++) {
      ask(first, "good.txt");
      ask(first, "first-" + i);
      ask(second, "second-" + i);
      ask(second, "good.txt");
    }
    assertFilesHangOnTheirClients(server, first, second);
    first.kill();
    Patience.until("only the second one's")
        .until(() -> forgotten(server), open -> open.equals(names("second-")));
    ask(second, "good.txt");
    second.tell("/reports/second-" + REQUESTS);
    second.awaitLine("answered /reports/second-" + REQUESTS);
    finish(second);
    List<AuditLine> leaks = Patience.until("leaks").until(cli::leaks, l -> l.size() > REQUESTS);
    assertLeaks(leaks);
    server.tell("stop");
    assertEquals(0, server.awaitExit().exitCode(), server::toString);
    assertNothingElse(cli.audit());
    Transparency.assertNoFaults(room.home());
    return server;
  }

  private void writeFiles() throws IOException {
    Files.writeString(files.resolve("good.txt"), "report: all is well");
    for (int i = 0; i <= REQUESTS; i++) {
      Files.writeString(files.resolve("first-" + i), "nothing");
      Files.writeString(files.resolve("second-" + i), "nothing");
    }
  }

  private RunningProgram friend(String port) throws IOException {
    RunningProgram friend = room.start(friends.apply(kind.friend(jdk, port)).agent(agent()));
    friend.awaitLine("connected");
    return friend;
  }

  private static void ask(RunningProgram friend, String name) throws IOException {
    String answer = "answered /reports/" + name;
    long before = friend.stdout().lines().filter(line -> line.startsWith(answer)).count();
    friend.tell("/reports/" + name);
    Patience.until(answer + " from " + friend)
        .failFast(() -> !friend.isAlive())
        .until(
            () -> friend.stdout().lines().filter(line -> line.startsWith(answer)).count() > before);
  }

  /** A program that has both ends of its input ends by itself. */
  private static void finish(RunningProgram friend) throws Exception {
    friend.endInput();
    assertEquals(0, friend.awaitExit().exitCode(), friend::toString);
  }

  private static List<String> names(String start) {
    return java.util.stream.IntStream.range(0, REQUESTS).mapToObj(i -> start + i).toList();
  }

  private List<String> forgotten(RunningProgram server) {
    return server.descriptors().below(files).stream()
        .map(path -> Path.of(path).getFileName().toString())
        .sorted()
        .toList();
  }

  private void assertFilesHangOnTheirClients(
      RunningProgram server, RunningProgram first, RunningProgram second) {
    Patience.until("each file on its client's tree")
        .untilAsserted(
            () -> {
              Map<String, String> clients = Map.of(tree(first), "first", tree(second), "second");
              Map<String, String> owners = new HeldFiles(cli, server, files).owners();
              assertEquals(2 * REQUESTS, owners.size(), owners::toString);
              owners.forEach(
                  (file, tid) ->
                      assertTrue(
                          file.startsWith(clients.getOrDefault(tid, tid)),
                          () -> owners + " of " + clients));
            });
  }

  private String tree(RunningProgram client) {
    return cli.conversations(client.pid()).get(0).get("transaction").getAsString();
  }

  private void assertLeaks(List<AuditLine> leaks) throws IOException {
    assertEquals(REQUESTS + 1, leaks.size(), leaks::toString);
    for (AuditLine leak : leaks) {
      assertEquals("LEAK", leak.event(), leak::toString);
      assertTrue(leak.what().startsWith(files.resolve("second-").toString()), leak::toString);
      String line = "(" + kind.lineThatLeaks() + ")";
      assertTrue(leak.stack().stream().anyMatch(f -> f.endsWith(line)), leak::toString);
    }
  }

  /** The dead client's connection may be ours to close, or the server was faster. */
  private void assertNothingElse(List<AuditLine> audit) {
    AuditLine.assertOnce(audit);
    List<AuditLine> others =
        audit.stream()
            .filter(line -> !line.what().startsWith(files.resolve("second-").toString()))
            .filter(line -> !line.what().startsWith(files.resolve("first-").toString()))
            .filter(line -> !(line.isReclaim() && line.kind().equals("SOCKET")))
            .toList();
    assertEquals(List.of(), others);
  }
}
