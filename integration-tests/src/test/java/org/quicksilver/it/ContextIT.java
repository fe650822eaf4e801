package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.quicksilver.it.subject.ManyHands;

/**
 * Two clients at once on one event loop and on asynchronous channels, their work handed over in
 * every way: each file hangs on the tree of the client it was opened for.
 */
class ContextIT {

  private static final List<String> WAYS =
      List.of(
          "self",
          "pool",
          "thread",
          "fork",
          "parallel",
          "async",
          "stages",
          "completed",
          "relayed",
          "delayed",
          "scheduled",
          "repeated",
          "timer",
          "http",
          "own-worker",
          "own-late-worker",
          "own-array-worker",
          "own-nesting-worker",
          "own-deque-worker",
          "own-priority-worker",
          "own-delay-worker",
          "own-consumer",
          "single",
          "cached",
          "array",
          "deque",
          "priority",
          "full",
          "netty-group",
          "netty-later",
          "netty-loop",
          "mina",
          "jetty",
          "jetty-reserved",
          "guava-sequential",
          "reactor-worker",
          "vertx-ordered",
          "wheel-timer",
          "xnio-later");

  private static final String[] LIBRARIES = {
    "netty-",
    "jetty-util",
    "mina-core",
    "slf4j-",
    "vertx-",
    "jackson-core",
    "guava-",
    "failureaccess-",
    "reactor-core",
    "reactive-streams-",
    "xnio-",
    "jboss-",
    "wildfly-"
  };

  private static final int ROUNDS = 3;
  private static final int SERVERS = 2;

  @RegisterExtension final Room room = new Room();

  @OnEachJdk
  void workBelongsToItsClientHoweverItIsHandedOver(Jdk jdk) throws Exception {
    Agent agent = Agent.linked(room.home()).with("policy=*=reclaim@0s");
    Cli cli = Cli.of(room, jdk);
    Path files = room.empty("held");
    RunningProgram server =
        room.start(
            JavaProgram.of(jdk, ManyHands.class)
                .libraries(LIBRARIES)
                .agent(agent)
                .arguments(files));
    Object[] ports = server.awaitLine("listening on ").split(" ");
    RunningProgram first = Speakers.start(room, jdk, agent, ports);
    RunningProgram second = Speakers.start(room, jdk, agent, ports);
    Patience.until("the links").until(() -> cli.count("links") == 2 * SERVERS);
    List<String> ways = ways(jdk);
    interleave(ways, first, second, server);
    awaitAnswers(ways, first, second, server);

    Map<String, String> owners = owners(cli, server, files);
    Map<String, String> names = names(cli, server, first, second);
    owners.replaceAll((file, transaction) -> names.getOrDefault(transaction, transaction));
    assertEquals(Map.of(), mistaken(owners));
    int requests = ROUNDS * (ways.size() + 3);
    assertEquals((2 * SERVERS + 1) * requests, owners.size(), owners::toString);

    first.kill();
    Patience.until("all but the files of the dead")
        .until(() -> prefixes(server, files).equals(Set.of("own", "second0", "second1")));
    assertTrue(cli.awaitAudit(2 * requests + 2).stream().allMatch(AuditLine::isReclaim));
    second.kill();
    Patience.until("only its own").until(() -> prefixes(server, files).equals(Set.of("own")));
    // The libraries have something to say; we have not.
    assertFalse(server.stderr().contains("quicksilver"), server::stderr);
  }

  private static Map<String, String> mistaken(Map<String, String> owners) {
    Map<String, String> mistaken = new TreeMap<>(owners);
    mistaken.entrySet().removeIf(file -> file.getKey().startsWith(file.getValue() + "-"));
    return mistaken;
  }

  private static List<String> ways(Jdk jdk) {
    List<String> ways = new ArrayList<>(WAYS);
    if (jdk.feature() >= 21) {
      ways.add("virtual");
    }
    return ways;
  }

  /** Nobody waits for an answer: work for all three is under way at the same time. */
  private static void interleave(
      List<String> ways, RunningProgram first, RunningProgram second, RunningProgram server)
      throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      for (String way : ways) {
        for (int number = 0; number < SERVERS; number++) {
          String name = number + "-" + way + "-" + round;
          first.tell(number + " " + way + " first" + name);
          second.tell(number + " " + way + " second" + name);
        }
        server.tell(way + " own-" + way + "-" + round);
      }
    }
  }

  private static void awaitAnswers(
      List<String> ways, RunningProgram first, RunningProgram second, RunningProgram server) {
    for (int round = 0; round < ROUNDS; round++) {
      for (String way : ways) {
        for (int number = 0; number < SERVERS; number++) {
          String name = number + "-" + way + "-" + round;
          first.awaitLine("answered " + number + " " + way + " first" + name);
          second.awaitLine("answered " + number + " " + way + " second" + name);
        }
        server.awaitLine("opened " + way + " own-" + way + "-" + round);
      }
    }
  }

  /** Transactions of the open files, by their names. */
  private static Map<String, String> owners(Cli cli, RunningProgram server, Path files) {
    return cli.handles(server.pid()).stream()
        .filter(handle -> handle.get("what").getAsString().startsWith(files.toString()))
        .collect(
            Collectors.toMap(
                handle -> Path.of(handle.get("what").getAsString()).getFileName().toString(),
                ContextIT::transaction,
                (one, other) -> one + " and " + other,
                TreeMap::new));
  }

  private static String transaction(JsonObject view) {
    return view.get("transaction").getAsString();
  }

  /** What the transactions are called in the names of the files. */
  private static Map<String, String> names(
      Cli cli, RunningProgram server, RunningProgram first, RunningProgram second) {
    Map<String, String> names = new TreeMap<>();
    name(cli, first, "first", names);
    name(cli, second, "second", names);
    names.put(
        transaction(
            cli.json("jvms", "--jvm", Long.toString(server.pid()))
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject()),
        "own");
    return names;
  }

  /** The first connection that it opened was the one to the first server. */
  private static void name(Cli cli, RunningProgram client, String name, Map<String, String> names) {
    List<String> transactions =
        cli.conversations(client.pid()).stream().map(ContextIT::transaction).sorted().toList();
    assertEquals(SERVERS, transactions.size());
    for (int i = 0; i < SERVERS; i++) {
      names.put(transactions.get(i), name + i);
    }
  }

  private static Set<String> prefixes(RunningProgram server, Path files) {
    return server.descriptors().below(files).stream()
        .map(path -> Path.of(path).getFileName().toString())
        .map(name -> name.substring(0, name.indexOf('-')))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
