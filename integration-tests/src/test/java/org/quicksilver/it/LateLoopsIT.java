package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.quicksilver.it.subject.LateLoops;

/**
 * What a server opens for everybody when its first client comes outlives that client; what it
 * opened for that client alone, of the same kinds, does not.
 */
@Timeout(120)
class LateLoopsIT {

  /** Opened for each client alone, and never closed by the server. */
  private static final Map<String, Integer> FOR_ONE = Map.of("FILE", 1, "PIPE", 2, "SELECTOR", 1);

  @RegisterExtension final Room room = new Room();

  @OnEachJdk
  void whatWasOpenedForEverybodyOutlivesTheFirstClient(Jdk jdk) throws Exception {
    Agent agent = Agent.linked(room.home()).with("policy=*=reclaim@0s");
    Cli cli = Cli.of(room, jdk);
    RunningProgram server =
        room.start(JavaProgram.of(jdk, LateLoops.class).agent(agent).arguments(room.empty("held")));
    String port = server.awaitLine("listening on ");
    RunningProgram first = Speakers.start(room, jdk, agent, port);
    Speakers.ask(first, "first");
    RunningProgram second = Speakers.start(room, jdk, agent, port);
    Speakers.ask(second, "second");
    Patience.until("both links").until(() -> cli.count("links") >= 2);

    first.kill();
    List<AuditLine> audit =
        cli.awaitAudit("what was the first one's", lines -> kinds(lines).equals(FOR_ONE));
    assertTrue(audit.stream().allMatch(AuditLine::isReclaim), audit::toString);
    Speakers.ask(second, "again");
    second.kill();
    Patience.until("nothing but what is for everybody")
        .until(() -> loops(cli, server), Map.of("SELECTOR", 3, "CHANNEL_GROUP", 1)::equals);
    assertEquals("", server.stderr());
  }

  /** But for connections: the web server closes its ends of them, too. */
  private static Map<String, Integer> kinds(List<AuditLine> audit) {
    return audit.stream()
        .filter(line -> !line.kind().equals("SOCKET"))
        .collect(Collectors.groupingBy(AuditLine::kind, Collectors.summingInt(line -> 1)));
  }

  /** The loops that are left: the server's own, those of the web server and of its client. */
  private static Map<String, Integer> loops(Cli cli, RunningProgram server) {
    return cli.handles(server.pid()).stream()
        .map(LateLoopsIT::kind)
        .filter(kind -> kind.equals("SELECTOR") || kind.equals("CHANNEL_GROUP"))
        .collect(Collectors.groupingBy(kind -> kind, Collectors.summingInt(kind -> 1)));
  }

  private static String kind(JsonObject handle) {
    return handle.get("kind").getAsString();
  }
}
