package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.quicksilver.it.subject.BusyServer;
import org.quicksilver.it.subject.Speaker;

/** A client is killed while its connection still waits to be accepted. */
class BusyServerIT {

  /** Longer than a connection waits on a machine that is only busy. */
  private static final Duration LONG_DEAD = Duration.ofSeconds(4);

  @RegisterExtension final Room room = new Room();

  @OnEachJdk
  void whatIsOpenedForTheLongDeadIsGivenBack(Jdk jdk) throws Exception {
    Agent agent = Agent.linked(room.home()).with("policy=*=reclaim@0s");
    Cli cli = Cli.of(room, jdk);
    Path file = room.empty("held").resolve("file");
    RunningProgram server =
        room.start(JavaProgram.of(jdk, BusyServer.class).agent(agent).arguments(file));
    String port = server.awaitLine("listening on ");
    RunningProgram client =
        room.start(JavaProgram.of(jdk, Speaker.class).agent(agent).arguments(port));
    client.awaitLine("connected");
    cli.awaitNode(0);
    String transaction = cli.handles(client.pid()).get(0).get("transaction").getAsString();
    client.kill();
    Patience.until("its death").until(() -> cli.jvms().equals(List.of(server.pid())));
    Patience.throughout("nobody accepts", LONG_DEAD)
        .until(() -> server.descriptors().below(file.getParent()).isEmpty());

    server.tell("accept");
    server.awaitLine("served");
    List<AuditLine> audit = cli.awaitAudit(2);
    assertEquals(
        Set.of("FILE", "SOCKET"), audit.stream().map(AuditLine::kind).collect(Collectors.toSet()));
    for (AuditLine line : audit) {
      assertTrue(line.isReclaim(), line::toString);
      assertEquals(transaction, line.transaction());
    }
    assertEquals("", server.stderr());
  }
}
