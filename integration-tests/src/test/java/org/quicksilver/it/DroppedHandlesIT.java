package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.quicksilver.it.subject.DroppedHandles;
import org.quicksilver.it.subject.ReusedNumbers;

/** What is collected while open is reported with its stack, whether the JDK closes it or not. */
@Timeout(120)
class DroppedHandlesIT {

  /** Once to warm up, and twenty times. */
  private static final int EACH = 21;

  /** How many handles are reported of those that were dropped under a name. */
  private static final Map<String, Integer> REPORTED =
      Map.ofEntries(
          Map.entry("input stream", EACH),
          Map.entry("output stream", EACH),
          Map.entry("random access file", EACH),
          Map.entry("channel", EACH),
          Map.entry("channel of a stream", EACH),
          Map.entry("stream of Files", EACH),
          Map.entry("lines", EACH),
          Map.entry("asynchronous channel", EACH),
          Map.entry("directory stream", EACH),
          Map.entry("list", EACH),
          Map.entry("walk", EACH),
          Map.entry("unconnected socket", EACH),
          Map.entry("server socket", EACH),
          Map.entry("accepted", 2 * EACH),
          Map.entry("datagram socket", EACH),
          Map.entry("socket channel", EACH),
          Map.entry("server channel", EACH),
          Map.entry("pipe", 2 * EACH),
          Map.entry("selector", EACH),
          Map.entry("lock", EACH),
          Map.entry("mapping", EACH),
          Map.entry("unconnected channel", EACH),
          Map.entry("datagram channel", EACH),
          Map.entry("multicast socket", EACH),
          Map.entry("source of a pipe", EACH));

  /** Twenty on one archive are one handle. */
  private static final List<String> SHARED = List.of("zip", "jar");

  /**
   * Children live by themselves; a finalizer may close the file system; the JDK itself holds the
   * others as long as the program runs.
   */
  private static final List<String> NEVER =
      List.of("process", "watch service", "asynchronous socket", "asynchronous server", "group");

  @RegisterExtension final Room room = new Room();

  @OnEachJdk
  void whatIsCollectedWhileOpenIsReported(Jdk jdk) throws Exception {
    Path directory = room.empty("w");
    Path file = Files.writeString(directory.resolve("file"), "text");
    Path zip = directory.resolve("file.zip");
    new ZipOutputStream(Files.newOutputStream(zip)).close();
    RunningProgram dropper =
        room.start(
            JavaProgram.of(jdk, DroppedHandles.class)
                .option("-Xmx64m", "-XX:+UseSerialGC")
                .agent(Agent.linked(room.home()))
                .arguments(file, zip, "wait"));
    dropper.awaitLine("dropped");
    Cli cli = Cli.of(room, jdk);
    List<AuditLine> leaks =
        Patience.until("reports of all that was dropped")
            .until(cli::leaks, DroppedHandlesIT::isComplete);
    assertReports(leaks);
    dropper.tell("");
    assertEquals(0, dropper.awaitExit().exitCode());
    Transparency.assertNoFaults(room.home());
  }

  /** What has no record by number does not tell that a number was free before. */
  @OnEachJdk
  void channelThatTheCollectorClosedIsGoneWhoeverHasItsNumberNow(Jdk jdk) throws Exception {
    Path file = Files.writeString(room.directory().resolve("file"), "text");
    RunningProgram program =
        room.start(
            JavaProgram.of(jdk, ReusedNumbers.class)
                .agent(Agent.linked(room.home()))
                .arguments(file));
    program.awaitLine("reused");
    Cli cli = Cli.of(room, jdk);
    Patience.until("reports of all").until(() -> cli.leaks().size() == 20);
    for (AuditLine leak : cli.leaks()) {
      assertEquals("unreachable, never closed; the collector closed it", leak.note());
    }
    assertEquals(
        List.of(),
        cli.handles(program.pid()).stream()
            .map(handle -> handle.get("kind").getAsString())
            .filter("FILE"::equals)
            .toList());
    program.tell("");
    assertEquals(0, program.awaitExit().exitCode());
    Transparency.assertNoFaults(room.home());
  }

  private static void assertReports(List<AuditLine> leaks) {
    Map<String, Integer> counts = counts(leaks);
    assertAll(SHARED.stream().map(name -> () -> assertTrue(counts.containsKey(name), name)));
    assertAll(NEVER.stream().map(name -> () -> assertFalse(counts.containsKey(name), name)));
    for (AuditLine leak : leaks) {
      assertEquals("UNREACHABLE", leak.event(), leak::toString);
      assertTrue(leak.note().startsWith("unreachable, never closed"), leak::toString);
      assertTrue(leak.stack().toString().contains("DroppedHandles"), leak::toString);
    }
  }

  private static boolean isComplete(List<AuditLine> leaks) {
    return counts(leaks).entrySet().containsAll(REPORTED.entrySet());
  }

  private static Map<String, Integer> counts(List<AuditLine> leaks) {
    return leaks.stream()
        .collect(
            Collectors.groupingBy(AuditLine::thread, TreeMap::new, Collectors.summingInt(l -> 1)));
  }
}
