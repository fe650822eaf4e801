package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.quicksilver.it.subject.EveryHandle;

/**
 * Every way to open a handle shows one record for each handle of the operating system, of the right
 * kind, and none when it is closed; and every descriptor has its record.
 */
@Timeout(120)
class EveryHandleIT {

  private static final int WAYS = 55;

  /** The toolkit's native code has some, and how many is its affair. */
  private static final int ANY = -1;

  @RegisterExtension final Room room = new Room();

  @OnEachJdk
  void everyWayShowsItsRecordsUntilItIsClosed(Jdk jdk) throws Exception {
    assertTrue(probe(jdk, program(jdk), 0) >= WAYS);
  }

  @OnEachJdk
  void windowsShowTheirsToo(Jdk jdk) throws Exception {
    Display display = Display.open(room, jdk);
    probe(jdk, program(jdk).environment("DISPLAY", display.toString()), ANY);
  }

  @Test
  void socketsOfOldShowTheirsToo() throws Exception {
    Jdk jdk = Jdks.found().get(0);
    Assumptions.assumeTrue(jdk.feature() == 17, "gone after 17");
    JavaProgram program = program(jdk).arguments("plain");
    probe(
        jdk,
        program.option(
            "-Djdk.net.usePlainSocketImpl=true", "-Djdk.net.usePlainDatagramSocketImpl=true"),
        0);
  }

  private JavaProgram program(Jdk jdk) throws IOException {
    return JavaProgram.of(jdk, EveryHandle.class)
        .agent(Agent.linked(room.home()))
        .arguments(room.empty("w"));
  }

  /** Returns how many ways it went. */
  private int probe(Jdk jdk, JavaProgram program, int others) throws Exception {
    RunningProgram running = room.start(program);
    Cli cli = Cli.of(room, jdk);
    running.awaitLine("open");
    Map<String, String> expected = ways(running);
    Map<String, String> found = records(cli, running, expected);
    assertAll(
        expected.entrySet().stream()
            .map(way -> () -> assertEquals(way.getValue(), found.get(way.getKey()), way.getKey())));
    assertUnattributed(others, cli, running);
    running.tell("close");
    running.awaitLine("closed");
    Patience.until("no record of what was closed")
        .until(() -> records(cli, running, expected), Map::isEmpty);
    assertUnattributed(others, cli, running);
    running.tell("exit");
    assertEquals(0, running.awaitExit().exitCode());
    Transparency.assertNoFaults(room.home());
    return expected.size();
  }

  private static Map<String, String> ways(RunningProgram running) {
    return running
        .stdout()
        .lines()
        .filter(line -> line.startsWith("way "))
        .map(line -> line.substring("way ".length()).split(": "))
        .collect(Collectors.toMap(way -> way[0], way -> way[1], (a, b) -> a, TreeMap::new));
  }

  /** The kinds of the records that a thread of that name made; long names are cut. */
  private static Map<String, String> records(
      Cli cli, RunningProgram running, Map<String, String> ways) {
    List<JsonObject> handles = cli.handles(running.pid());
    Map<String, String> kinds = new TreeMap<>();
    for (String way : ways.keySet()) {
      String found =
          handles.stream()
              .filter(handle -> isOf(way, handle.get("thread").getAsString()))
              .map(handle -> handle.get("kind").getAsString())
              .sorted()
              .collect(Collectors.joining(","));
      if (!found.isEmpty()) {
        kinds.put(way, found);
      }
    }
    return kinds;
  }

  private static boolean isOf(String way, String thread) {
    return way.substring(0, Math.min(way.length(), 32)).equals(thread);
  }

  /** Patient: a socket that is just being connected has no record yet, like our own to the node. */
  private static void assertUnattributed(int expected, Cli cli, RunningProgram running) {
    Patience.until("a record of every descriptor")
        .untilAsserted(() -> assertUnattributedNow(expected, cli, Long.toString(running.pid())));
  }

  private static void assertUnattributedNow(int expected, Cli cli, String pid) {
    JsonElement listed = cli.json("handles", "--unattributed", "--jvm", pid);
    JsonObject jvm = cli.json("jvms", "--jvm", pid).getAsJsonArray().get(0).getAsJsonObject();
    int count = listed.getAsJsonArray().size();
    assertEquals(count, jvm.get("unattributed").getAsInt());
    assertTrue(expected == ANY || expected == count, listed::toString);
    assertEquals("[]", jvm.get("unmatched").toString());
  }
}
