package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who cleans up by itself within the grace is neither disturbed nor reported; who does not, is. */
class GraceIT {

  private static final int GRACE_MILLIS = 2000;

  @RegisterExtension final Room room = new Room();

  private final Jdk jdk = Jdks.running();

  @Test
  void applicationHasItsTurnWithinTheGrace() throws Exception {
    Agent agent = Agent.linked(room.home()).with("policy=*=reclaim@" + GRACE_MILLIS + "ms");
    Cli cli = Cli.of(room, jdk);
    Inn inn = Inn.with(room, jdk, agent);
    RunningProgram tidied = inn.guest(agent);
    RunningProgram forgotten = inn.guest(agent);
    Patience.until("the links of both").until(() -> cli.count("links") == 2);
    tidied.kill();
    forgotten.kill();
    inn.server().awaitLine("gone: 1");
    inn.server().tell("1");
    inn.server().awaitLine("tidied: 1");
    List<AuditLine> audit = cli.awaitAudit(Inn.FOR_ONE);
    assertEquals(1, audit.stream().map(AuditLine::transaction).distinct().count());
    assertEquals(List.of("SOCKET", "FILE"), audit.stream().map(AuditLine::kind).toList());
    audit.forEach(GraceIT::assertReclaimedAfterTheGrace);
    assertEquals(0, inn.filesOpen());
    inn.server().tell("2");
    inn.server().awaitLine("tidied: 2");
    assertEquals(Inn.FOR_ONE, cli.audit().size());
  }

  private static void assertReclaimedAfterTheGrace(AuditLine line) {
    assertTrue(line.isReclaim(), line::toString);
    assertTrue(line.millis() >= GRACE_MILLIS, line::toString);
  }
}
