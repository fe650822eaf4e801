package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.quicksilver.it.subject.SharedByUse;

/** What turns out to be shared outlives the client it was opened for, under the sharpest policy. */
class SharedByUseIT {

  private static final Duration A_WHILE = Duration.ofSeconds(1);

  @RegisterExtension final Room room = new Room();

  @OnEachJdk
  void whatServesOthersOrIsClosedAlreadyIsLeftAlone(Jdk jdk) throws Exception {
    Agent agent = Agent.linked(room.home()).with("policy=*=reclaim+leaks@0s");
    Cli cli = Cli.of(room, jdk);
    RunningProgram server =
        room.start(
            JavaProgram.of(jdk, SharedByUse.class).agent(agent).arguments(room.empty("held")));
    String port = server.awaitLine("listening on ");
    RunningProgram first = Speakers.start(room, jdk, agent, port);
    RunningProgram second = Speakers.start(room, jdk, agent, port);
    Speakers.ask(first, "use");
    Speakers.ask(first, "late");
    Speakers.ask(first, "own");
    Speakers.ask(first, "own");
    Speakers.ask(second, "use");
    Patience.until("both links").until(() -> cli.count("links") == 2);

    first.kill();
    Patience.until("its end").until(() -> isOver(cli, first));
    Map<String, Integer> shared = Map.of("FILE", 1, "LOCK", 1, "SELECTOR", 2);
    Patience.throughout("what both used", A_WHILE)
        .until(() -> ofProcess(cli, server), shared::equals);
    Speakers.ask(second, "use");
    List<AuditLine> files = cli.awaitAudit("the first one's own", SharedByUseIT::hasFile);
    assertEquals(1, files.stream().filter(SharedByUseIT::isOwn).count());
    assertNothingElse(cli);

    second.tell("0 leave");
    server.awaitLine("opened afterwards");
    second.kill();
    Patience.until("its end").until(() -> isOver(cli, second));
    Map<String, Integer> more = Map.of("FILE", 2, "LOCK", 1, "SELECTOR", 2);
    Patience.throughout("what was opened afterwards", A_WHILE)
        .until(() -> ofProcess(cli, server), more::equals);
    assertNothingElse(cli);
    assertEquals("", server.stderr());
  }

  /** It is shown as long as something of it is open. */
  private static boolean isOver(Cli cli, RunningProgram client) {
    return cli.conversations(client.pid()).stream()
        .noneMatch(tree -> tree.get("phase").getAsString().equals("ACTIVE"));
  }

  /** How many files, locks and selectors belong to the process. */
  private static Map<String, Integer> ofProcess(Cli cli, RunningProgram server) {
    return cli.handles(server.pid()).stream()
        .filter(handle -> handle.get("transaction").getAsString().endsWith("-1"))
        .map(SharedByUseIT::kind)
        .filter(Set.of("FILE", "LOCK", "SELECTOR")::contains)
        .collect(Collectors.groupingBy(kind -> kind, TreeMap::new, Collectors.summingInt(k -> 1)));
  }

  private static String kind(JsonObject handle) {
    return handle.get("kind").getAsString();
  }

  private static boolean hasFile(List<AuditLine> audit) {
    return audit.stream().anyMatch(SharedByUseIT::isOwn);
  }

  private static boolean isOwn(AuditLine line) {
    return line.isReclaim() && line.kind().equals("FILE") && line.what().endsWith("/own");
  }

  /** The server's ends may be given back before it closes them itself. */
  private static void assertNothingElse(Cli cli) {
    List<AuditLine> audit = cli.audit();
    assertTrue(
        audit.stream()
            .filter(line -> !isOwn(line))
            .allMatch(line -> line.kind().equals("SOCKET") && line.what().contains(" -> ")),
        audit::toString);
  }
}
