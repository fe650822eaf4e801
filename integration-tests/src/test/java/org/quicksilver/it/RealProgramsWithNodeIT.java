package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.quicksilver.it.subject.EchoFriend;
import org.quicksilver.it.subject.H2TcpServer;
import org.quicksilver.it.subject.H2Teller;
import org.quicksilver.it.subject.LuceneShelf;
import org.quicksilver.it.subject.NettyEcho;

/**
 * A client of a server that was not written for us is killed: what the server holds for it is given
 * back, by the server itself or by us, and nothing else is touched.
 */
class RealProgramsWithNodeIT {

  @RegisterExtension final Room room = new Room();

  static Stream<Arguments> policiesOnEachJdk() {
    return Jdks.found().stream()
        .flatMap(
            jdk ->
                Stream.of("socket=reclaim@0s;*=observe@0s", "*=reclaim@0s")
                    .map(policy -> Arguments.of(jdk, policy)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("policiesOnEachJdk")
  void h2LosesAClientInTheMiddleOfATransaction(Jdk jdk, String policy) throws Exception {
    Agent agent = Agent.linked(room.home()).with("policy=" + policy);
    Cli cli = Cli.of(room, jdk);
    Path database = room.directory().resolve("db");
    RunningProgram server = h2(jdk, agent, database);
    String port = PortFiles.await(room.directory().resolve("port"), server);
    // The first one, for which the database is opened.
    RunningProgram victim = teller(jdk, agent, port, 1);
    RunningProgram survivor = teller(jdk, agent, port, 2);
    // The server has one with itself, too, to see whether it runs.
    Patience.until("the links of both")
        .until(() -> cli.isServed(victim.pid()) && cli.isServed(survivor.pid()));
    List<String> files = server.descriptors().below(database);
    victim.kill();
    awaitConnections(server, 1);
    survivor.tell("1");
    assertEquals("1000", survivor.awaitLine("balance "), "the dead client's transaction");
    Patience.until("the end of the dead").until(() -> cli.count("aborted") == 2);
    assertEquals(files, server.descriptors().below(database));
    assertOnlySocketsOf(victim, cli.audit());
    survivor.tell("2");
    survivor.tell("end");
    assertEquals(0, survivor.awaitExit().exitCode(), survivor::toString);
    stop(server);
    assertOnlySocketsOf(victim, cli.audit());
    assertOnlyWhatH2Drops(cli.leaks());
    Transparency.assertNoFaults(room.home());
  }

  /** H2 drops a socket unclosed when it cannot flush; the collector may be there before us. */
  private static void assertOnlyWhatH2Drops(List<AuditLine> leaks) {
    leaks.forEach(leak -> assertEquals("UNREACHABLE", leak.event(), leak::toString));
  }

  private RunningProgram h2(Jdk jdk, Agent agent, Path database) throws IOException {
    return room.start(
        JavaProgram.of(jdk, H2TcpServer.class)
            .libraries("h2-")
            .agent(agent)
            .arguments(room.directory().resolve("port"), database));
  }

  private RunningProgram teller(Jdk jdk, Agent agent, String port, int account) throws IOException {
    RunningProgram teller =
        room.start(
            JavaProgram.of(jdk, H2Teller.class)
                .libraries("h2-")
                .agent(agent)
                .arguments(port, account));
    teller.awaitLine("in the middle");
    return teller;
  }

  private static void awaitConnections(RunningProgram server, int connections) {
    Patience.until(connections + " connections of " + server)
        .until(() -> server.descriptors().connections() == connections);
  }

  /** One at most: the server may have been faster. */
  private static void assertOnlySocketsOf(RunningProgram victim, List<AuditLine> audit) {
    assertTrue(audit.size() <= 1, () -> victim + ": " + audit);
    audit.forEach(line -> assertEquals("SOCKET", line.kind(), line::toString));
  }

  private static void stop(RunningProgram server) throws Exception {
    server.tell("stop");
    Outcome outcome = server.awaitExit();
    assertEquals(0, outcome.exitCode(), outcome::toString);
    // Netty has something to say itself, with the agent and without.
    assertFalse(outcome.stderr().contains("quicksilver"), outcome::stderr);
  }

  @OnEachJdk
  void nettyLosesAClientAndServesTheOther(Jdk jdk) throws Exception {
    Agent agent = Agent.linked(room.home()).with("policy=*=reclaim@0s");
    Cli cli = Cli.of(room, jdk);
    Path portFile = room.directory().resolve("port");
    RunningProgram server =
        room.start(
            JavaProgram.of(jdk, NettyEcho.class)
                .libraries("netty-")
                .agent(agent)
                .arguments(portFile));
    String port = PortFiles.await(portFile, server);
    RunningProgram victim = friend(jdk, agent, port);
    RunningProgram survivor = friend(jdk, agent, port);
    Patience.until("the links of both").until(() -> cli.count("links") == 2);
    victim.kill();
    awaitConnections(server, 1);
    Patience.until("the end of the dead").until(() -> cli.count("aborted") == 2);
    survivor.tell("still there?");
    survivor.awaitLine("echo still there?");
    assertOnlySocketsOf(victim, cli.audit());
    survivor.tell("");
    assertEquals(0, survivor.awaitExit().exitCode(), survivor::toString);
    awaitConnections(server, 0);
    stop(server);
    server.awaitLine("opened 2, closed 2");
    assertOnlySocketsOf(victim, cli.audit());
    assertEquals(List.of(), cli.leaks());
    Transparency.assertNoFaults(room.home());
  }

  private RunningProgram friend(Jdk jdk, Agent agent, String port) throws IOException {
    RunningProgram friend =
        room.start(JavaProgram.of(jdk, EchoFriend.class).agent(agent).arguments(port));
    friend.tell("hello");
    friend.awaitLine("echo hello");
    return friend;
  }

  @OnEachJdk
  void luceneIsUnchangedAndLeavesNothing(Jdk jdk) throws Exception {
    Agent agent = Agent.linked(room.home()).with("policy=*=reclaim+leaks@0s");
    Transparency.of(room, jdk).agent(agent).holdsFor(RealProgramsWithNodeIT::shelf);
    Cli cli = Cli.of(room, jdk);
    Patience.until("the end of Lucene").until(() -> cli.count("committed") == 1);
    assertEquals(List.of(), cli.audit());
  }

  private static void shelf(Stage stage) throws Exception {
    JavaProgram lucene =
        stage
            .program(LuceneShelf.class)
            .libraries("lucene-")
            // Without the time of day.
            .option("-Djava.util.logging.SimpleFormatter.format=%4$s %5$s%n")
            .arguments(stage.directory().resolve("index"));
    assertEquals(0, stage.run(lucene).exitCode());
  }
}
