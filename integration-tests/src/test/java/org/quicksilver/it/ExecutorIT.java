package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.quicksilver.it.subject.Guest;
import org.quicksilver.it.subject.PoolServer;

/** The transaction goes with the task, not with the thread of the pool. */
class ExecutorIT {

  private static final List<String> LEFT =
      List.of("again-for-2-1", "again-for-2-2", "for-client-2", "named-2", "own-1", "own-2");

  @RegisterExtension final Room room = new Room();

  @OnEachJdk
  void taskCarriesTheTransactionOfItsRequestAndThePooledThreadForgetsIt(Jdk jdk) throws Exception {
    Agent agent = Agent.linked(room.home()).with("policy=*=reclaim@0s");
    Cli cli = Cli.of(room, jdk);
    Path files = room.empty("held");
    RunningProgram server =
        room.start(JavaProgram.of(jdk, PoolServer.class).agent(agent).arguments(files));
    String port = server.awaitLine("listening on ");
    RunningProgram first = guest(jdk, agent, port);
    server.tell("");
    server.awaitLine("opened own-1");
    RunningProgram second = guest(jdk, agent, port);
    server.tell("");
    server.awaitLine("opened own-2");
    Patience.until("the links of both").until(() -> cli.count("links") == 2);

    Map<String, String> transactions = transactions(cli, server, files);
    String process = processTransaction(cli, server);
    assertEquals(process, transactions.get("own-1"));
    assertEquals(process, transactions.get("own-2"));
    assertEquals(conversation(cli, first), transactions.get("for-client-1"));
    assertEquals(conversation(cli, second), transactions.get("for-client-2"));
    assertNotEquals(transactions.get("for-client-1"), transactions.get("for-client-2"));
    for (int time = 1; time <= 2; time++) {
      assertEquals(transactions.get("for-client-1"), transactions.get("again-for-1-" + time));
      assertEquals(transactions.get("for-client-2"), transactions.get("again-for-2-" + time));
    }

    // Who made the thread that takes names is served by it alone as long as nobody else is.
    assertEquals(transactions.get("for-client-1"), transactions.get("named-1"));
    assertEquals(process, transactions.get("named-2"));

    first.kill();
    Patience.until("all but the file of the dead").until(() -> names(server, files).equals(LEFT));
    assertEquals(5, cli.awaitAudit(5).size());
  }

  private RunningProgram guest(Jdk jdk, Agent agent, String port) throws IOException {
    RunningProgram guest =
        room.start(JavaProgram.of(jdk, Guest.class).agent(agent).arguments(port));
    guest.awaitLine("connected");
    return guest;
  }

  /** Of the open files, by their names. */
  private static Map<String, String> transactions(Cli cli, RunningProgram server, Path files) {
    return cli.handles(server.pid()).stream()
        .filter(handle -> handle.get("what").getAsString().startsWith(files.toString()))
        .collect(
            Collectors.toMap(
                handle -> Path.of(handle.get("what").getAsString()).getFileName().toString(),
                ExecutorIT::transaction));
  }

  private static String transaction(JsonObject view) {
    return view.get("transaction").getAsString();
  }

  private static String processTransaction(Cli cli, RunningProgram server) {
    return cli.json("jvms", "--jvm", Long.toString(server.pid()))
        .getAsJsonArray()
        .get(0)
        .getAsJsonObject()
        .get("transaction")
        .getAsString();
  }

  private static String conversation(Cli cli, RunningProgram guest) {
    return transaction(cli.conversations(guest.pid()).get(0));
  }

  private static List<String> names(RunningProgram server, Path files) {
    return server.descriptors().below(files).stream()
        .map(path -> Path.of(path).getFileName().toString())
        .toList();
  }
}
