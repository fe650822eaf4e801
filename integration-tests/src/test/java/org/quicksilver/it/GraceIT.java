package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.quicksilver.it.subject.Guest;
import org.quicksilver.it.subject.TidyServer;

/** Who cleans up by itself within the grace is neither disturbed nor reported; who does not, is. */
class GraceIT {

  private static final int GRACE_MILLIS = 2000;

  @RegisterExtension final Room room = new Room();

  @OnEachJdk
  void applicationHasItsTurnWithinTheGrace(Jdk jdk) throws Exception {
    Path file = Files.writeString(room.empty("held").resolve("file"), "x");
    Agent agent = Agent.linked(room.home()).with("policy=*=reclaim@" + GRACE_MILLIS + "ms");
    Cli cli = Cli.of(room, jdk);
    RunningProgram server =
        room.start(JavaProgram.of(jdk, TidyServer.class).agent(agent).arguments(file));
    String port = server.awaitLine("listening on ");
    RunningProgram tidied = guest(jdk, agent, port);
    RunningProgram forgotten = guest(jdk, agent, port);
    Patience.until("the links of both").until(() -> cli.count("links") == 2);
    tidied.kill();
    forgotten.kill();
    server.awaitLine("gone: 1");
    server.tell("1");
    server.awaitLine("tidied: 1");
    List<AuditLine> audit = cli.awaitAudit(2);
    assertEquals(1, audit.stream().map(AuditLine::transaction).distinct().count());
    assertEquals(List.of("SOCKET", "FILE"), audit.stream().map(AuditLine::kind).toList());
    audit.forEach(GraceIT::assertReclaimedAfterTheGrace);
    assertEquals(List.of(), server.descriptors().below(file.getParent()));
    server.tell("2");
    server.awaitLine("tidied: 2");
    assertEquals(2, cli.audit().size());
  }

  private RunningProgram guest(Jdk jdk, Agent agent, String port) throws IOException {
    RunningProgram guest =
        room.start(JavaProgram.of(jdk, Guest.class).agent(agent).arguments(port));
    guest.awaitLine("connected");
    return guest;
  }

  private static void assertReclaimedAfterTheGrace(AuditLine line) {
    assertTrue(line.isReclaim(), line::toString);
    assertTrue(line.millis() >= GRACE_MILLIS, line::toString);
  }
}
