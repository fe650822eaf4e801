package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.quicksilver.it.Chain.Held;

/**
 * The node dies, alone or with others: the next one takes over, loses no line of the audit trail
 * and gives back what died meanwhile. A JVM that is only slow is not dead.
 */
class NodeIT {

  private static final Duration A_WHILE = Duration.ofSeconds(2);
  private static final int ALL = Chain.FILES + Chain.SOCKETS;

  @RegisterExtension final Room room = new Room();

  private Chain chain(Jdk jdk) throws IOException {
    return new Chain(room, jdk, Agent.linked(room.home()).with("policy=*=reclaim@0s"));
  }

  @OnEachJdk
  void nextNodeTakesOverAndGivesBackWhatDiedMeanwhile(Jdk jdk) throws Exception {
    Chain chain = chain(jdk);
    Cli cli = Cli.of(room, jdk);
    List<AuditLine> early = killOneClient(chain, cli);
    RunningProgram client = chain.client();
    RunningProgram survivor = chain.client();
    chain.transactionOf(client);
    chain.transactionOf(survivor);
    long node = cli.count("pid");
    Signals.send("KILL", node);
    client.kill();
    chain.await(Chain.heldFor(1));
    assertNotEquals(node, cli.awaitNode(node));
    List<AuditLine> audit = cli.awaitAudit(2 * ALL);
    assertEquals(early, audit.subList(0, ALL));
    AuditLine.assertOnce(audit);
    survivor.tell("close");
    assertEquals(0, survivor.awaitExit().exitCode(), survivor::toString);
    chain.await(Held.NOTHING);
    assertEquals(2 * ALL, cli.audit().size());
    Transparency.assertNoFaults(room.home());
  }

  /** So that there is an audit trail to be lost. */
  private static List<AuditLine> killOneClient(Chain chain, Cli cli) throws Exception {
    RunningProgram client = chain.client();
    chain.transactionOf(client);
    client.kill();
    chain.await(Held.NOTHING);
    return cli.awaitAudit(ALL);
  }

  @Test
  void serverThatDiesWhileThereIsNoNodeFailsTheTransactionOnly() throws Exception {
    Chain chain = chain(Jdks.running());
    Cli cli = Cli.of(room, Jdks.running());
    RunningProgram client = chain.client();
    chain.transactionOf(client);
    long node = cli.count("pid");
    Signals.send("KILL", node, chain.directory().pid());
    cli.awaitNode(node);
    Patience.until("a transaction that has failed")
        .until(() -> cli.conversations(client.pid()).get(0).get("failed").getAsBoolean());
    Held rest = chain.held();
    assertEquals(Chain.heldByTheOuterTwo(), rest);
    Patience.throughout("what the other servers hold", A_WHILE)
        .until(() -> chain.held().equals(rest));
    assertEquals(List.of(), cli.audit());
    client.kill();
    chain.await(Held.NOTHING);
    List<AuditLine> audit = cli.awaitAudit(rest.all());
    AuditLine.assertOnce(audit);
    assertEquals(rest.all(), audit.size());
  }

  @Test
  void nodeAfterTheDeathOfEverythingKeepsTheAuditAndCleansTheHome() throws Exception {
    Chain chain = chain(Jdks.running());
    Cli cli = Cli.of(room, Jdks.running());
    List<AuditLine> audit = killOneClient(chain, cli);
    RunningProgram client = chain.client();
    chain.transactionOf(client);
    Signals.send(
        "KILL",
        Stream.concat(Stream.of(cli.count("pid"), client.pid()), chain.pids().stream())
            .toArray(Long[]::new));
    for (RunningProgram server : chain.servers()) {
      server.kill();
    }
    assertEquals(4, Listing.of(room.home().resolve("jvms")).size(), "what they left");
    RunningProgram node = room.start(cli.program("node", "--linger", "0"));
    node.awaitLine("node ready: ");
    assertEquals(audit, cli.audit());
    Patience.until("nothing in jvms")
        .until(() -> Listing.of(room.home().resolve("jvms")).isEmpty());
    assertEquals(List.of(), cli.jvms());
    assertEquals(0, cli.count("transactions"));
    assertEquals(audit, cli.audit());
    assertEquals("", node.stderr());
  }

  @Test
  void stoppedClientIsNotDead() throws Exception {
    Chain chain = chain(Jdks.running());
    Cli cli = Cli.of(room, Jdks.running());
    RunningProgram client = chain.client();
    chain.transactionOf(client);
    client.pause();
    Patience.throughout("what the servers hold", A_WHILE)
        .until(() -> chain.held().equals(Chain.heldFor(1)));
    assertTrue(cli.jvms().contains(client.pid()));
    assertEquals(List.of(), cli.audit());
    client.resume();
    client.tell("close");
    assertEquals(0, client.awaitExit().exitCode(), client::toString);
    chain.await(Held.NOTHING);
    assertEquals(List.of(), cli.audit());
  }
}
