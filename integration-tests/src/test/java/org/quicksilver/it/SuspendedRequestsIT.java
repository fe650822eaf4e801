package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.quicksilver.it.subject.HttpFriend;
import org.quicksilver.it.subject.SuspendedRequests;

/**
 * Two clients at a servlet that suspends each request until the next one comes, which is always the
 * other's: what is opened when it goes on hangs on the tree of who sent it.
 */
@Timeout(150)
class SuspendedRequestsIT {

  private static final int ROUNDS = 2;
  private static final List<String> WAYS = List.of("dispatch", "start", "listener");

  @RegisterExtension final Room room = new Room();

  @OnEachJdk
  void tomcat(Jdk jdk) throws Exception {
    play(jdk, "tomcat");
  }

  @OnEachJdk
  void jetty(Jdk jdk) throws Exception {
    play(jdk, "jetty");
  }

  private void play(Jdk jdk, String kind) throws Exception {
    Agent agent = Agent.linked(room.home()).with("policy=*=reclaim@0s");
    Cli cli = Cli.of(room, jdk);
    Path held = room.empty("held");
    RunningProgram server =
        room.start(
            JavaProgram.of(jdk, SuspendedRequests.class)
                .libraries("tomcat-", "jetty-", "jakarta.", "slf4j-")
                .agent(agent)
                .arguments(kind, held));
    String port = server.awaitLine("listening on ");
    RunningProgram first = friend(jdk, agent, port);
    RunningProgram second = friend(jdk, agent, port);
    int files = askByTurns(server, first, second);

    HeldFiles open = new HeldFiles(cli, server, held);
    Patience.until("each file on its client's tree")
        .untilAsserted(
            () -> {
              Map<String, String> clients =
                  Map.of(tree(cli, first), "first", tree(cli, second), "second");
              Map<String, String> owners = open.owners();
              owners.replaceAll((file, tid) -> clients.getOrDefault(tid, tid));
              assertEquals(files, owners.size());
              owners.entrySet().removeIf(file -> file.getKey().startsWith(file.getValue() + "-"));
              assertEquals(Map.of(), owners, "whose are another's");
            });
    first.kill();
    Patience.until("only the second one's").until(open::clients, Set.of("second")::equals);
    Transparency.assertNoFaults(room.home());
  }

  private RunningProgram friend(Jdk jdk, Agent agent, String port) throws IOException {
    RunningProgram friend =
        room.start(JavaProgram.of(jdk, HttpFriend.class).quick().agent(agent).arguments(port));
    friend.awaitLine("connected");
    return friend;
  }

  /** Each is answered when the other one has asked; all but the last are, and how many is told. */
  private static int askByTurns(RunningProgram server, RunningProgram first, RunningProgram second)
      throws IOException {
    int requests = 2 * ROUNDS * WAYS.size();
    for (int i = 0; i < requests; i++) {
      if (i > 1) {
        client(i, first, second).awaitLine("answered " + path(i - 2));
      }
      client(i, first, second).tell(path(i));
      server.awaitLine("suspended " + path(i));
    }
    client(requests, first, second).awaitLine("answered " + path(requests - 2));
    return requests - 1;
  }

  private static RunningProgram client(int request, RunningProgram first, RunningProgram second) {
    return request % 2 == 0 ? first : second;
  }

  private static String path(int request) {
    String way = WAYS.get(request / 2 % WAYS.size());
    return (request % 2 == 0 ? "/first-" : "/second-") + request + "-" + way;
  }

  private static String tree(Cli cli, RunningProgram client) {
    return cli.conversations(client.pid()).get(0).get("transaction").getAsString();
  }
}
