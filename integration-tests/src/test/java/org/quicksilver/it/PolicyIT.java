package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the owner of a home says by command reaches the JVMs that run; nobody else has a say. */
class PolicyIT {

  @RegisterExtension final Room room = new Room();

  private final Jdk jdk = Jdks.running();

  @Test
  void policyOfTheNodeReachesRunningJvmsAndTheirOwnComesFirst() throws Exception {
    Agent agent = Agent.linked(room.home());
    Cli cli = Cli.of(room, jdk);
    Inn inn = Inn.with(room, jdk, agent);
    Inn stubborn = Inn.with(room, jdk, agent.with("policy=*=observe@0s"));
    RunningProgram guest = inn.guest(agent);
    RunningProgram other = stubborn.guest(agent);
    Patience.until("the links of both").until(() -> cli.count("links") == 2);
    assertEquals(0, cli.run("policy", "set", "*=reclaim@0s").exitCode());
    assertTrue(cli.run("policy", "list").stdout().contains("*=reclaim@0s"));
    guest.kill();
    other.kill();
    Patience.until("the file closed").until(() -> inn.filesOpen() == 0);
    List<AuditLine> audit = cli.awaitAudit(2 * Inn.FOR_ONE);
    assertEquals(List.of("RECLAIMED"), events(audit, inn));
    assertEquals(List.of("ORPHAN"), events(audit, stubborn));
    assertEquals(1, stubborn.filesOpen());
  }

  private static List<String> events(List<AuditLine> audit, Inn inn) {
    return audit.stream()
        .filter(line -> line.pid() == inn.server().pid())
        .map(AuditLine::event)
        .distinct()
        .collect(Collectors.toList());
  }

  @Test
  void policyThatIsClearedOrWrongDoesNotCount() throws Exception {
    Agent agent = Agent.linked(room.home());
    Cli cli = Cli.of(room, jdk);
    Inn inn = Inn.with(room, jdk, agent);
    RunningProgram guest = inn.guest(agent);
    Patience.until("the link").until(() -> cli.count("links") == 1);
    assertEquals(0, cli.run("policy", "set", "*=reclaim@0s").exitCode());
    assertEquals(2, cli.run("policy", "set", "teapot=reclaim").exitCode());
    assertTrue(cli.run("policy", "list").stdout().contains("*=reclaim@0s"));
    assertEquals(0, cli.run("policy", "clear").exitCode());
    assertFalse(cli.run("policy", "list").stdout().contains("reclaim"));
    guest.kill();
    List<AuditLine> audit = cli.awaitAudit(Inn.FOR_ONE);
    assertEquals(List.of("ORPHAN"), events(audit, inn));
    assertEquals(1, inn.filesOpen());
  }

  @Test
  void abortGivesBackWhatTheTransactionHeldAndNothingElse() throws Exception {
    Agent agent = Agent.linked(room.home()).with("policy=*=reclaim@0s");
    Cli cli = Cli.of(room, jdk);
    Inn inn = Inn.with(room, jdk, agent);
    RunningProgram guest = inn.guest(agent);
    RunningProgram other = inn.guest(agent);
    Patience.until("the links of both").until(() -> cli.count("links") == 2);
    String transaction = transactionOf(cli, guest);
    assertEquals(0, cli.run("abort", transaction).exitCode());
    Patience.until("the file closed").until(() -> inn.filesOpen() == 1);
    Patience.until("nothing left of it in the server")
        .until(() -> heldFor(transaction, cli.handles(inn.server().pid())) == 0);
    // The client gives its end back too, and the server, woken by that, may close the file first.
    List<AuditLine> audit = cli.awaitAudit(1);
    AuditLine.assertOnce(audit);
    audit.forEach(line -> assertEquals(transaction, line.transaction()));
    assertEquals(Cli.NOT_FOUND, cli.run("abort", transaction).exitCode());
    assertTrue(other.isAlive());
    assertFalse(cli.conversations(other.pid()).isEmpty());
  }

  private static long heldFor(String transaction, List<JsonObject> handles) {
    return handles.stream()
        .filter(handle -> handle.get("transaction").getAsString().equals(transaction))
        .count();
  }

  private static String transactionOf(Cli cli, RunningProgram guest) {
    return cli.conversations(guest.pid()).get(0).get("transaction").getAsString();
  }

  @Test
  void withoutTheSecretNothingCanBeEnded() throws Exception {
    Agent agent = Agent.linked(room.home()).with("policy=*=reclaim@0s");
    Cli cli = Cli.of(room, jdk);
    Inn inn = Inn.with(room, jdk, agent);
    RunningProgram guest = inn.guest(agent);
    Patience.until("the link").until(() -> cli.count("links") == 1);
    Path secret = room.home().resolve("secret");
    Path hidden = Files.move(secret, room.directory().resolve("hidden"));
    assertDenied(cli, guest);
    assertFalse(Files.exists(secret), "a secret drawn by a command");
    Files.write(secret, new byte[32]);
    assertDenied(cli, guest);
    Files.delete(secret);
    Files.move(hidden, secret);
    assertEquals(1, inn.filesOpen());
    assertEquals(List.of(), cli.audit());
    assertEquals(0, cli.run("abort", transactionOf(cli, guest)).exitCode());
    Patience.until("the file closed").until(() -> inn.filesOpen() == 0);
  }

  private static void assertDenied(Cli cli, RunningProgram guest) {
    for (String[] command :
        new String[][] {
          {"abort", transactionOf(cli, guest)}, {"policy", "set", "*=reclaim"}, {"stop"}
        }) {
      Outcome outcome = cli.run(command);
      assertEquals(Cli.DENIED, outcome.exitCode(), outcome::toString);
      assertEquals(1, outcome.stderr().lines().count(), outcome::stderr);
      assertTrue(outcome.stderr().contains("secret"), outcome::stderr);
    }
  }
}
