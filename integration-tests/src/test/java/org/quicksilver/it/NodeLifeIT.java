package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.quicksilver.it.subject.ExitCode;
import org.quicksilver.it.subject.TidyServer;

/** There is one node for a home while there are JVMs, and some time after that there is none. */
class NodeLifeIT {

  private static final int WAVES = 10;
  private static final int WAVE = 20;

  @RegisterExtension final Room room = new Room();

  private final Jdk jdk = Jdks.running();

  @Test
  void ofTwoNodesStartedAtOnceTheSecondSaysWhyItDoesNot() throws Exception {
    Cli cli = Cli.of(room, jdk);
    List<RunningProgram> both =
        List.of(room.start(cli.program("node")), room.start(cli.program("node")));
    Patience.until("the end of one").until(() -> both.stream().anyMatch(node -> !node.isAlive()));
    RunningProgram second = both.stream().filter(node -> !node.isAlive()).findFirst().orElseThrow();
    RunningProgram first = both.stream().filter(node -> node != second).findFirst().orElseThrow();
    first.awaitLine("node ready: ");
    assertTurnedAway(second.awaitExit());
    assertTurnedAway(cli.run("node"));
    assertTrue(first.isAlive());
    assertEquals(first.pid(), cli.count("pid"));
  }

  private void assertTurnedAway(Outcome outcome) {
    assertEquals(Cli.RUNNING_ALREADY, outcome.exitCode(), outcome::toString);
    assertEquals("", outcome.stdout());
    assertEquals(1, outcome.stderr().lines().count(), outcome::stderr);
    assertTrue(outcome.stderr().contains(room.home().toString()), outcome::stderr);
  }

  @Test
  void nodeStopsByItselfSomeTimeAfterTheLastJvm() throws Exception {
    Path file = Files.writeString(room.directory().resolve("file"), "x");
    Cli cli = Cli.of(room, jdk);
    Agent agent = Agent.linked(room.home()).with("linger=1s");
    RunningProgram server =
        room.start(JavaProgram.of(jdk, TidyServer.class).agent(agent).arguments(file));
    long node = cli.awaitNode(0);
    Patience.throughout("a node that is needed", Duration.ofSeconds(2))
        .until(() -> ProcessHandle.of(node).isPresent());
    server.kill();
    Patience.until("no node").until(() -> Processes.withArgument(room.home().toString()).isEmpty());
    Outcome nobody = cli.run("status");
    assertEquals(Cli.NO_NODE, nobody.exitCode());
    assertEquals(1, nobody.stderr().lines().count(), nobody::stderr);
    assertTrue(nobody.stderr().contains("no node is running"), nobody::stderr);
    assertFalse(Files.exists(room.home().resolve("node.sock")));
    assertEquals(List.of(), Listing.of(room.home().resolve("jvms")));
  }

  @Test
  void forkBombOfShortLivedJvmsLeavesNothingButOneNodeAtMost() throws Exception {
    Outcome without = room.run(shortLived());
    for (int wave = 0; wave < WAVES; wave++) {
      List<RunningProgram> programs = new ArrayList<>();
      for (int i = 0; i < WAVE; i++) {
        programs.add(room.start(shortLived().agent(Agent.linked(room.home()))));
      }
      for (RunningProgram program : programs) {
        Transparency.assertSame("one of many", without, program.awaitExit());
      }
      assertTrue(Processes.withArgument(room.home().toString()).size() <= 2, "nodes");
    }
    Patience.until("nothing in jvms")
        .until(() -> Listing.of(room.home().resolve("jvms")).isEmpty());
    // On a slow machine all of them may be gone before one of them could start a node.
    if (Processes.withArgument(room.home().toString()).size() == 1) {
      Cli cli = Cli.of(room, jdk);
      Patience.until("no JVM").until(() -> cli.jvms().isEmpty());
      assertEquals(List.of(), cli.audit());
    }
    assertTrue(Processes.withArgument(room.home().toString()).size() <= 1, "one node at most");
    Transparency.assertNoFaults(room.home());
  }

  private JavaProgram shortLived() {
    return JavaProgram.of(jdk, ExitCode.class).quick().arguments(0);
  }
}
