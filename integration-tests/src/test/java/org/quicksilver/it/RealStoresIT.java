package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.quicksilver.it.subject.ArtemisBroker;
import org.quicksilver.it.subject.ArtemisClient;
import org.quicksilver.it.subject.GrpcReports;
import org.quicksilver.it.subject.HttpFriend;
import org.quicksilver.it.subject.KeeperClient;
import org.quicksilver.it.subject.Shop;
import org.quicksilver.it.subject.ZooKeeperNode;

/**
 * Programs that keep for everybody what they open for the first who needs it: pools, databases,
 * journals, sessions. None of it is taken for anybody's leak, whatever becomes of him; they do the
 * same with the agent as without.
 */
@Timeout(200)
class RealStoresIT {

  /** Long enough for a server to clean up after itself, and short for us. */
  private static final String POLICY = "policy=*=reclaim+leaks@1s";

  private static final Duration MORE_THAN_THE_GRACE = Duration.ofMillis(1500);

  private static final List<String> STORES =
      List.of(
          "hikari",
          "dbcp2",
          "c3p0",
          "tomcat-jdbc",
          "h2-server",
          "derby",
          "hsqldb",
          "vfs",
          "log",
          "zookeeper",
          "grpc");

  @RegisterExtension final Room room = new Room();

  @OnEachJdk
  void whatBeganWithTheFirstCustomerIsKeptForTheNext(Jdk jdk) throws Exception {
    Agent agent = Agent.linked(room.home()).with(POLICY);
    Cli cli = Cli.of(room, jdk);
    Transparency.of(room, jdk).agent(agent).holdsFor(stage -> shop(stage, cli));
    Patience.until("the end of all").until(() -> cli.jvms().isEmpty());
    assertOnlyTheSocketOfTheDead(cli.audit());
    assertEquals(List.of(), cli.leaks());
  }

  /** One customer leaves in order, one is killed, one comes after them. */
  private static void shop(Stage stage, Cli cli) throws Exception {
    Path keeperPort = stage.directory().resolve("keeper-port");
    RunningProgram keeper = stage.start(keeper(stage, keeperPort));
    String keepersPort = PortFiles.await(keeperPort, keeper);
    Path reportsPort = stage.directory().resolve("reports-port");
    RunningProgram reports = stage.start(reports(stage, reportsPort));
    Path port = stage.directory().resolve("port");
    JavaProgram program =
        stage
            .program(Shop.class)
            .quick()
            .everyLibrary()
            .arguments(port, stage.directory(), keepersPort)
            .arguments(PortFiles.await(reportsPort, reports));
    RunningProgram shop = stage.start(program);
    String shopsPort = PortFiles.await(port, shop);
    RunningProgram first = customer(stage, shopsPort);
    List<String> half = STORES.subList(0, STORES.size() / 2);
    visit(first, half, 1);
    first.endInput();
    assertEquals(0, stage.ended("first", first).exitCode(), first::toString);
    RunningProgram victim = customer(stage, shopsPort);
    visit(victim, STORES, 1);
    victim.kill();
    if (stage.hasAgent()) {
      Patience.until("the end of the dead").until(() -> cli.count("aborted") >= 2);
      Patience.throughout("the shop", MORE_THAN_THE_GRACE).until(shop::isAlive);
    }
    RunningProgram last = customer(stage, shopsPort);
    visit(last, STORES, 2);
    last.endInput();
    assertEquals(0, stage.ended("last", last).exitCode(), last::toString);
    stop(stage, "shop", shop);
    stop(stage, "keeper", keeper);
    stop(stage, "reports", reports);
  }

  private static JavaProgram reports(Stage stage, Path port) throws IOException {
    Path files = Files.createDirectories(stage.directory().resolve("reports"));
    Files.writeString(files.resolve("good.txt"), "report: all is well");
    return stage.program(GrpcReports.class).quick().everyLibrary().arguments(port, files);
  }

  private static JavaProgram keeper(Stage stage, Path port) {
    return stage
        .program(ZooKeeperNode.class)
        .quick()
        .everyLibrary()
        .arguments(port, stage.directory().resolve("keeper"));
  }

  private static RunningProgram customer(Stage stage, String port) throws Exception {
    RunningProgram customer = stage.start(stage.program(HttpFriend.class).quick().arguments(port));
    customer.awaitLine("connected");
    return customer;
  }

  private static void visit(RunningProgram customer, List<String> stores, int times)
      throws Exception {
    for (int i = 0; i < times; i++) {
      for (String store : stores) {
        customer.tell("/shop/" + store);
      }
    }
    Patience.until("all answers to " + customer)
        .failFast(() -> !customer.isAlive())
        .until(
            () ->
                customer.stdout().lines().filter(line -> line.startsWith("answered")).count()
                    == (long) times * stores.size());
  }

  private static void stop(Stage stage, String name, RunningProgram server) throws Exception {
    server.tell("stop");
    assertEquals(0, stage.ended(name, server).exitCode(), server::toString);
  }

  /** One at most, and none that the shop has opened or somebody has accepted from it. */
  private static void assertOnlyTheSocketOfTheDead(List<AuditLine> audit) {
    assertTrue(audit.size() <= 1, audit::toString);
    for (AuditLine line : audit) {
      assertEquals("SOCKET", line.kind(), line::toString);
      assertEquals("ABORTED", line.outcome(), line::toString);
      assertTrue(
          line.stack().stream().anyMatch(frame -> frame.startsWith("org.apache.tomcat.util.net.")),
          line::toString);
    }
  }

  /** On one JDK: the shop has it on each. */
  @Test
  void zooKeeperAndItsClientsAreUnchanged() throws Exception {
    unchanged(
        Jdks.running(),
        stage -> {
          Path port = stage.directory().resolve("port");
          RunningProgram keeper = stage.start(keeper(stage, port));
          JavaProgram client = stage.program(KeeperClient.class).quick().everyLibrary();
          assertEquals(0, stage.run(client.arguments(PortFiles.await(port, keeper))).exitCode());
          stop(stage, "keeper", keeper);
        });
  }

  @OnEachJdk
  void artemisAndItsClientsAreUnchanged(Jdk jdk) throws Exception {
    unchanged(
        jdk,
        stage -> {
          Path port = stage.directory().resolve("port");
          JavaProgram artemis = stage.program(ArtemisBroker.class).quick().everyLibrary();
          RunningProgram broker =
              stage.start(artemis.arguments(port, stage.directory().resolve("broker")));
          String number = PortFiles.await(port, broker);
          for (String queue : List.of("orders", "invoices")) {
            JavaProgram client = stage.program(ArtemisClient.class).quick().everyLibrary();
            assertEquals(0, stage.run(client.arguments(number, queue)).exitCode());
          }
          stop(stage, "broker", broker);
        });
  }

  private void unchanged(Jdk jdk, Scenario scenario) throws Exception {
    Agent agent = Agent.linked(room.home()).with(POLICY);
    Transparency.of(room, jdk).agent(agent).holdsFor(scenario);
    Cli cli = Cli.of(room, jdk);
    Patience.until("the end of all").until(() -> cli.jvms().isEmpty());
    assertEquals(List.of(), cli.audit());
  }
}
