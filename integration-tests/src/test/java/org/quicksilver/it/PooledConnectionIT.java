package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.quicksilver.it.subject.Tier;

/**
 * Two clients by turns over one connection between a middle tier and what stands behind it: each
 * file hangs on the tree of the client it was opened for, and goes with that client alone.
 */
@Timeout(150)
class PooledConnectionIT {

  private static final int REQUESTS = 10;

  @RegisterExtension final Room room = new Room();

  @OnEachJdk
  void threadsAndAConnectionOpenedForTheFirst(Jdk jdk) throws Exception {
    each(jdk, "threads", "late");
  }

  @OnEachJdk
  void eventLoopsAndAConnectionOpenedBeforehand(Jdk jdk) throws Exception {
    each(jdk, "loop", "early");
  }

  /** They came with 21. */
  @OnEachJdk
  void virtualThreadsWhereThereAreSome(Jdk jdk) throws Exception {
    each(jdk, jdk.feature() >= 21 ? "virtual" : "threads", "early");
  }

  private void each(Jdk jdk, String mode, String when) throws Exception {
    Agent agent = Agent.linked(room.home()).with("policy=*=reclaim@0s");
    Cli cli = Cli.of(room, jdk);
    Path files = room.empty("held");
    RunningProgram last = tier(jdk, agent, mode, "keep", files);
    RunningProgram middle =
        tier(jdk, agent, mode, "forward", last.awaitLine("listening on "), when);
    String port = middle.awaitLine("listening on ");
    RunningProgram first = Speakers.start(room, jdk, agent, port);
    RunningProgram second = Speakers.start(room, jdk, agent, port);
    for (int i = 0; i < REQUESTS; i++) {
      Speakers.ask(first, "first-" + i);
      Speakers.ask(second, "second-" + i);
    }
    Map<String, String> clients =
        Map.of(conversation(cli, first), "first", conversation(cli, second), "second");
    Patience.until("each file on its client's tree")
        .untilAsserted(
            () -> {
              Map<String, String> owners = new HeldFiles(cli, last, files).owners();
              owners.replaceAll((file, tid) -> clients.getOrDefault(tid, tid));
              assertEquals(2 * REQUESTS, owners.size());
              owners.forEach((file, owner) -> assertTrue(file.startsWith(owner), owners::toString));
            });

    first.kill();
    Patience.until("only the second one's")
        .until(new HeldFiles(cli, last, files)::clients, Set.of("second")::equals);
    Speakers.ask(second, "second-more");
    assertEquals(REQUESTS + 1, last.descriptors().below(files).size());
    second.kill();
    Patience.until("nobody's").until(new HeldFiles(cli, last, files)::clients, Set::isEmpty);
    assertEquals("", last.stderr() + middle.stderr());
  }

  /** As long as the first was the only one it looked like his. */
  @OnEachJdk
  void connectionThatIsUsedForAnotherAfterItWasReportedIsNoLeakAnyMore(Jdk jdk) throws Exception {
    Agent agent = Agent.linked(room.home()).with("policy=*=observe@0s");
    Cli cli = Cli.of(room, jdk);
    RunningProgram last = tier(jdk, agent, "threads", "keep", room.empty("held"));
    RunningProgram middle =
        tier(jdk, agent, "threads", "forward", last.awaitLine("listening on "), "late");
    String port = middle.awaitLine("listening on ");
    RunningProgram first = Speakers.start(room, jdk, agent, port);
    Speakers.ask(first, "first");
    first.endInput();
    assertEquals(0, first.awaitExit().exitCode());
    Patience.until("both ends reported")
        .until(() -> leakingSockets(cli), Set.of(last.pid(), middle.pid())::equals);
    RunningProgram second = Speakers.start(room, jdk, agent, port);
    Speakers.ask(second, "second");
    Patience.until("both reports withdrawn").until(() -> leakingSockets(cli), Set::isEmpty);
    assertEquals(1, cli.leaks().size(), "the file of the first");
  }

  private static Set<Long> leakingSockets(Cli cli) {
    return cli.leaks().stream()
        .filter(leak -> leak.kind().equals("SOCKET"))
        .map(AuditLine::pid)
        .collect(Collectors.toSet());
  }

  private RunningProgram tier(Jdk jdk, Agent agent, Object... arguments) throws IOException {
    return room.start(JavaProgram.of(jdk, Tier.class).quick().agent(agent).arguments(arguments));
  }

  private static String conversation(Cli cli, RunningProgram client) {
    return cli.conversations(client.pid()).get(0).get("transaction").getAsString();
  }
}
