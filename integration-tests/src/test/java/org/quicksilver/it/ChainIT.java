package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.quicksilver.it.Chain.Held;

/**
 * Three legacy servers, each holding something for the client of the first: when it is killed they
 * give back everything, once, and nothing that is another's.
 */
class ChainIT {

  private static final Duration A_WHILE = Duration.ofMillis(1000);
  private static final Held REST = Chain.heldByTheOuterTwo();
  private static final int ALL = Chain.FILES + Chain.SOCKETS;

  /** The stamp of a handle comes from a clock that ticks, ours does not. */
  private static final Duration TICK = Duration.ofMillis(50);

  @RegisterExtension final Room room = new Room();

  private Agent agent(String policy) {
    return Agent.linked(room.home()).with("policy=" + policy);
  }

  @OnEachJdk
  void killedClientHasEverythingGivenBackInAllServers(Jdk jdk) throws Exception {
    Chain chain = new Chain(room, jdk, agent("*=reclaim@0s"));
    Cli cli = Cli.of(room, jdk);
    Instant before = Instant.now();
    RunningProgram client = chain.client();
    assertEquals(Chain.heldFor(1), chain.held());
    String transaction = chain.transactionOf(client);
    client.kill();
    chain.await(Held.NOTHING);
    List<AuditLine> audit = cli.awaitAudit(ALL);
    AuditLine.assertOnce(audit);
    assertEquals(chain.pids(), audit.stream().map(AuditLine::pid).collect(Collectors.toSet()));
    audit.forEach(line -> assertExplains(line, transaction, before));
    assertUnharmed(chain);
  }

  private static void assertExplains(AuditLine line, String transaction, Instant before) {
    assertAll(
        line.toString(),
        () -> assertEquals("RECLAIMED", line.event()),
        () -> assertEquals("ABORTED", line.outcome()),
        () -> assertEquals(transaction, line.transaction()),
        () -> assertTrue(line.opened().isAfter(before.minus(TICK))),
        () -> assertTrue(line.opened().isBefore(Instant.now())),
        () -> assertFalse(line.thread().isBlank()),
        () -> assertTrue(line.stack().stream().anyMatch(frame -> frame.startsWith("legacy."))));
  }

  private static void assertUnharmed(Chain chain) {
    for (RunningProgram server : chain.servers()) {
      assertTrue(server.isAlive());
      assertEquals("", server.stderr());
    }
  }

  @OnEachJdk
  void secondClientKeepsEverythingAndWorksOn(Jdk jdk) throws Exception {
    Chain chain = new Chain(room, jdk, agent("*=reclaim@0s"));
    Cli cli = Cli.of(room, jdk);
    RunningProgram first = chain.client();
    RunningProgram second = chain.client();
    assertEquals(Chain.heldFor(2), chain.held());
    chain.transactionOf(first);
    first.kill();
    chain.await(Chain.heldFor(1));
    cli.awaitAudit(ALL);
    Patience.throughout("the second client's", A_WHILE)
        .until(() -> chain.held().equals(Chain.heldFor(1)));
    second.tell("close");
    assertEquals(0, second.awaitExit().exitCode(), second::toString);
    chain.await(Held.NOTHING);
    assertEquals(ALL, cli.audit().size());
  }

  @OnEachJdk
  void killedServerInTheMiddleGivesNothingBackUntilTheOwnerDies(Jdk jdk) throws Exception {
    Chain chain = new Chain(room, jdk, agent("*=reclaim@0s"));
    RunningProgram client = chain.client();
    killInTheMiddle(chain, client, jdk);
    client.kill();
    assertRestGivenBackOnce(chain, jdk, REST.all());
  }

  @OnEachJdk
  void killedServerInTheMiddleGivesNothingBackUntilTheOwnerCloses(Jdk jdk) throws Exception {
    Chain chain = new Chain(room, jdk, agent("*=reclaim@0s"));
    RunningProgram client = chain.client();
    killInTheMiddle(chain, client, jdk);
    client.tell("close");
    assertNotEquals(0, client.awaitExit().exitCode(), "the directory server is not there");
    // One of the files is closed by its server: that much of the client's last wish can be met.
    assertRestGivenBackOnce(chain, jdk, REST.all() - 1);
  }

  private void killInTheMiddle(Chain chain, RunningProgram client, Jdk jdk) throws Exception {
    Cli cli = Cli.of(room, jdk);
    chain.transactionOf(client);
    chain.directory().kill();
    Patience.until("a transaction that has failed")
        .until(() -> cli.conversations(client.pid()).get(0).get("failed").getAsBoolean());
    assertEquals(REST, chain.held());
    Patience.throughout("what the other servers hold", A_WHILE)
        .until(() -> chain.held().equals(REST));
    assertEquals(List.of(), cli.audit());
    assertTrue(client.isAlive());
  }

  private void assertRestGivenBackOnce(Chain chain, Jdk jdk, int handles) {
    chain.await(Held.NOTHING);
    List<AuditLine> audit = Cli.of(room, jdk).awaitAudit(handles);
    AuditLine.assertOnce(audit);
    assertEquals(handles, audit.size());
    audit.forEach(line -> assertEquals("RECLAIMED", line.event()));
  }

  @OnEachJdk
  void observedOrphansAreReportedAndStayOpen(Jdk jdk) throws Exception {
    Chain chain = new Chain(room, jdk, agent("*=observe@0s"));
    Cli cli = Cli.of(room, jdk);
    RunningProgram client = chain.client();
    chain.transactionOf(client);
    assertEquals(List.of(), cli.leaks());
    client.kill();
    List<AuditLine> audit = cli.awaitAudit(ALL);
    AuditLine.assertOnce(audit);
    audit.forEach(line -> assertEquals("ORPHAN", line.event()));
    assertEquals(ALL, cli.leaks().size());
    assertEquals(Cli.FOUND, cli.run("leaks").exitCode());
    Patience.throughout("what is observed", A_WHILE)
        .until(() -> chain.held().equals(Chain.heldFor(1)));
    assertUnharmed(chain);
  }
}
