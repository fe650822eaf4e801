package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.quicksilver.it.subject.Litter;

/** The agent comes into a JVM that runs already. */
class AttachIT {

  @RegisterExtension final Room room = new Room();

  /**
   * The {@code accept} that was waiting when the agent came is an old one: what it returns is not
   * seen, as little as what was there before.
   */
  @OnEachJdk
  void handlesOpenedAfterwardsAreSeenAndASecondAttachIsTurnedAway(Jdk jdk) throws Exception {
    Agent agent = Agent.linked(room.home());
    Cli cli = Cli.of(room, jdk);
    Inn inn = Inn.withoutAgent(room, jdk);
    long pid = inn.server().pid();
    RunningProgram early = inn.guest(agent);
    Outcome attached = attach(cli, pid);
    assertEquals(0, attached.exitCode(), attached::toString);
    assertEquals("attached to " + pid, attached.stdout().strip());
    assertTurnedAway(attach(cli, pid), pid);
    RunningProgram awaited = inn.guest(agent);
    RunningProgram late = inn.guest(agent);
    Patience.until("the link of the late one").until(() -> cli.count("links") == 1);
    assertEquals(List.of("FILE", "SOCKET"), kindsOf(cli, pid, late));
    assertOpenedBefore(cli, pid);
    early.kill();
    awaited.kill();
    late.kill();
    Patience.until("the file of the late one closed").until(() -> inn.filesOpen() == 2);
    List<AuditLine> audit = cli.awaitAudit(Inn.FOR_ONE);
    assertEquals(Inn.FOR_ONE, audit.size());
    audit.forEach(line -> assertTrue(line.isReclaim(), line::toString));
    assertTrue(inn.server().isAlive());
    assertEquals("", inn.server().stderr());
  }

  /** What was open before is found all the same, and what is the JVM's own is not shown. */
  private void assertOpenedBefore(Cli cli, long pid) {
    JsonArray listed =
        cli.json("handles", "--unattributed", "--jvm", Long.toString(pid)).getAsJsonArray();
    List<String> targets =
        listed.asList().stream()
            .map(one -> one.getAsJsonObject().get("target").getAsString())
            .toList();
    String files = room.directory().toAbsolutePath().toString();
    assertEquals(
        1, targets.stream().filter(one -> one.startsWith(files)).count(), targets::toString);
    assertTrue(targets.stream().anyMatch(one -> one.startsWith("socket:")), targets::toString);
    assertTrue(
        targets.stream().noneMatch(one -> one.endsWith(".jar") || one.endsWith("/modules")),
        targets::toString);
  }

  /** Its temporary files and its children are its own, and nobody's leak. */
  @OnEachJdk
  void whatAProgramHasWhenTheAgentLeavesIsLeftToIt(Jdk jdk) throws Exception {
    Agent agent = Agent.linked(room.home()).with("policy=*=reclaim+leaks@0s");
    Cli cli = Cli.of(room, jdk);
    RunningProgram litter =
        room.start(
            JavaProgram.of(jdk, Litter.class)
                .option("-XX:+EnableDynamicAgentLoading")
                .agent(agent));
    litter.awaitLine("ready");
    ProcessHandle child =
        ProcessHandle.of(Long.parseLong(litter.awaitLine("child "))).orElseThrow();
    room.adopt(child);
    Patience.until("its handles").until(() -> cli.handles(litter.pid()).size() >= 4);
    assertEquals(0, cli.run("detach", Long.toString(litter.pid())).exitCode());
    Patience.until("the node takes notice").until(() -> !cli.jvms().contains(litter.pid()));
    Patience.throughout("nothing is taken", Duration.ofSeconds(1))
        .until(() -> child.isAlive() && cli.audit().isEmpty() && cli.leaks().isEmpty());
    assertTrue(Files.exists(Path.of(litter.awaitLine("temporary "))));
    assertTrue(Files.exists(Path.of(litter.awaitLine("doomed "))));
    assertEquals("", litter.stderr());
  }

  private static Outcome attach(Cli cli, long pid) {
    return cli.run("attach", Long.toString(pid), "-o", "policy=*=reclaim@0s");
  }

  private static List<String> kindsOf(Cli cli, long pid, RunningProgram guest) {
    String transaction = cli.conversations(guest.pid()).get(0).get("transaction").getAsString();
    return cli.handles(pid).stream()
        .filter(handle -> handle.get("transaction").getAsString().equals(transaction))
        .map(handle -> handle.get("kind").getAsString())
        .sorted()
        .toList();
  }

  /** Says that there is one, and changes nothing. */
  private static void assertTurnedAway(Outcome second, long pid) {
    assertEquals(Cli.RUNNING_ALREADY, second.exitCode(), second::toString);
    assertEquals(1, second.stderr().lines().count(), second::stderr);
    assertTrue(second.stderr().contains(Long.toString(pid)), second::stderr);
  }

  @OnEachJdk
  void processThatIsNotThereIsSaid(Jdk jdk) throws Exception {
    Cli cli = Cli.of(room, jdk);
    Inn inn = Inn.withoutAgent(room, jdk);
    inn.server().kill();
    Outcome outcome = attach(cli, inn.server().pid());
    assertEquals(Cli.NOT_FOUND, outcome.exitCode(), outcome::toString);
    assertEquals(1, outcome.stderr().lines().count(), outcome::stderr);
  }
}
