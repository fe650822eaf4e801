package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.quicksilver.it.Chain.Held;

/**
 * Bad input is counted and turned away: the node goes on, and the JVMs that it serves do not
 * notice.
 */
@Timeout(180)
class NodeTroubleIT {

  private static final long SEED = 20_261;
  private static final int RANDOM_FRAMES = 40;
  private static final int COPIES = 24;

  @RegisterExtension final Room room = new Room();

  private final Jdk jdk = Jdks.running();
  private Chain chain;
  private Cli cli;

  @BeforeEach
  void startChain() throws IOException {
    chain = new Chain(room, jdk, Agent.linked(room.home()).with("policy=*=reclaim@0s"));
    cli = Cli.of(room, jdk);
  }

  @Test
  void badFramesAreCountedAndTheirConnectionsClosed() throws Exception {
    RunningProgram client = chain.client();
    chain.transactionOf(client);
    long node = cli.count("pid");
    Path socket = room.home().resolve("node.sock");
    Random random = new Random(SEED);
    for (int i = 0; i < RANDOM_FRAMES; i++) {
      Frames.send(socket, Frames.random(random));
    }
    for (int length : new int[] {-1, 0, 2_000_000, Integer.MAX_VALUE}) {
      Frames.send(socket, Frames.ofLength(length));
    }
    Frames.send(socket, Frames.ofUnknownType());
    Frames.send(socket, Frames.helloOfAnotherVersion());
    Frames.send(socket, Frames.requestOfAnotherVersion());
    Frames.send(socket, Frames.welcome());
    Frames.sendAndLeave(socket, Frames.ofLength(1000));
    Frames.sendAndLeave(socket, new byte[] {0, 0});
    assertEquals(RANDOM_FRAMES + 5, cli.count("malformed"));
    assertEquals(3, cli.count("refused"));
    assertUnharmed(node, client);
  }

  /** The node is the one it was, and does what it is there for. */
  private void assertUnharmed(long node, RunningProgram client) throws Exception {
    assertEquals(node, cli.count("pid"));
    assertEquals(0, cli.count("faults"));
    assertEquals(Chain.heldFor(1), chain.held());
    assertEquals(List.of(), cli.audit());
    client.kill();
    chain.await(Held.NOTHING);
    AuditLine.assertOnce(cli.awaitAudit(Chain.heldFor(1).all()));
    for (RunningProgram server : chain.servers()) {
      assertTrue(server.isAlive());
      assertEquals("", server.stderr());
    }
  }

  @Test
  void damagedBreadcrumbsAreCountedAndPutAside() throws Exception {
    RunningProgram client = chain.client();
    chain.transactionOf(client);
    long node = cli.count("pid");
    Path jvms = room.home().resolve("jvms");
    List<Path> genuine = Listing.of(jvms);
    Random random = new Random(SEED);
    for (int i = 0; i < COPIES; i++) {
      Path original = genuine.get(random.nextInt(genuine.size()));
      Path copy = room.directory().resolve("copy");
      Files.copy(original, copy);
      Damage.to(copy, i, random);
      Files.move(copy, jvms.resolve(900 + i + ".crumbs"));
    }
    Files.writeString(jvms.resolve("letter.crumbs"), "private");
    Patience.until("all refused").until(() -> cli.count("refusedFiles") == COPIES + 1);
    Patience.until("the genuine ones alone")
        .until(() -> Listing.of(jvms, "*.crumbs").equals(genuine));
    assertUnharmed(node, client);
  }

  @Test
  void damagedBreadcrumbsOfTheDeadDoNotStopTheNextNode() throws Exception {
    RunningProgram client = chain.client();
    chain.transactionOf(client);
    Signals.send(
        "KILL",
        Stream.concat(Stream.of(cli.count("pid")), chain.pids().stream()).toArray(Long[]::new));
    Path jvms = room.home().resolve("jvms");
    List<Path> left = Listing.of(jvms);
    assertEquals(4, left.size());
    client.kill();
    Random random = new Random(SEED);
    for (int i = 0; i < left.size(); i++) {
      Damage.to(left.get(i), i, random);
    }
    RunningProgram node = room.start(cli.program("node"));
    node.awaitLine("node ready: ");
    Patience.until("nothing in jvms").until(() -> Listing.of(jvms, "*.crumbs").isEmpty());
    // Of those cut short and with flipped bits, what checks is read, slot by slot.
    assertTrue(cli.count("refusedFiles") >= 2, "emptied, all random");
    assertEquals(0, cli.count("faults"));
    assertEquals(List.of(), cli.jvms());
    startChain();
    RunningProgram another = chain.client();
    chain.transactionOf(another);
    assertUnharmed(node.pid(), another);
    assertEquals("", node.stderr());
  }
}
