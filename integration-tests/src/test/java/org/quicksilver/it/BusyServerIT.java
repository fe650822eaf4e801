package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.quicksilver.it.subject.BusyServer;
import org.quicksilver.it.subject.Speaker;

/** A client is killed while its connection still waits to be accepted; another has its port. */
class BusyServerIT {

  /** Longer than a connection waits on a machine that is only busy. */
  private static final Duration LONG_DEAD = Duration.ofSeconds(4);

  @RegisterExtension final Room room = new Room();

  private Cli cli;
  private Path file;
  private RunningProgram server;
  private RunningProgram client;
  private String port;

  private void open(Jdk jdk) throws Exception {
    Agent agent = Agent.linked(room.home()).with("policy=*=reclaim@0s");
    cli = Cli.of(room, jdk);
    file = room.empty("held").resolve("file");
    server = room.start(JavaProgram.of(jdk, BusyServer.class).agent(agent).arguments(file));
    port = server.awaitLine("listening on ");
    client = room.start(JavaProgram.of(jdk, Speaker.class).agent(agent).arguments(port));
    client.awaitLine("connected");
    cli.awaitNode(0);
  }

  private JsonObject clientsSocket() throws Exception {
    return cli.handles(client.pid()).get(0);
  }

  private void kill() throws Exception {
    client.kill();
    Patience.until("its death").until(() -> cli.jvms().equals(List.of(server.pid())));
  }

  @OnEachJdk
  void whatIsOpenedForTheLongDeadIsGivenBack(Jdk jdk) throws Exception {
    open(jdk);
    String transaction = clientsSocket().get("transaction").getAsString();
    kill();
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

  @OnEachJdk
  void whoComesFromThePortOfTheDeadIsSomebodyElse(Jdk jdk) throws Exception {
    open(jdk);
    String[] ends = clientsSocket().get("what").getAsString().split(" -> ");
    kill();
    server.tell("refuse");
    server.awaitLine("refused");
    try (Socket other = new Socket()) {
      other.setReuseAddress(true);
      other.bind(address(ends[0]));
      other.connect(address(ends[1]));
      other.getOutputStream().write('\n');
      server.tell("accept");
      server.awaitLine("served");
      Patience.until("a stranger").until(() -> cli.count("strangers") == 1);
      assertEquals(List.of(), cli.audit());
      assertEquals(1, server.descriptors().below(file.getParent()).size());
    }
    assertEquals("", server.stderr());
  }

  private static InetSocketAddress address(String endpoint) {
    int colon = endpoint.lastIndexOf(':');
    return new InetSocketAddress(
        endpoint.substring(0, colon), Integer.parseInt(endpoint.substring(colon + 1)));
  }
}
