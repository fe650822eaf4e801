package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.quicksilver.it.subject.Hoarder;

/** The tools for hunting leaks. */
class LeakHuntIT {

  private static final int DESCRIPTORS = 256;

  @RegisterExtension final Room room = new Room();

  private RunningProgram hoarder(Program program) throws IOException {
    RunningProgram hoarder = room.start(program);
    hoarder.awaitLine("ready");
    return hoarder;
  }

  private JavaProgram program(Jdk jdk, Agent agent) throws IOException {
    return JavaProgram.of(jdk, Hoarder.class).quick().agent(agent).arguments(file());
  }

  private Path file() throws IOException {
    return Files.writeString(room.directory().resolve("file"), "x");
  }

  @Test
  void whatIsOpenTooLongIsReportedAndTheReportIsWithdrawnWhenItIsClosedAfterAll() throws Exception {
    Jdk jdk = Jdks.running();
    Agent agent = Agent.linked(room.home()).with("leak-age=file:300ms,stack-close=on");
    Cli cli = Cli.of(room, jdk);
    RunningProgram hoarder = hoarder(program(jdk, agent));
    hoarder.tell("2");
    List<AuditLine> leaks =
        Patience.until("two leaks").until(cli::leaks, found -> found.size() == 2);
    leaks.forEach(leak -> assertEquals("LEAK", leak.event()));
    leaks.forEach(leak -> assertEquals("", leak.outcome(), "it has not ended"));
    String stacks = cli.run("leaks", "--stacks").stdout();
    assertTrue(stacks.contains("\ntoo-old"), stacks);
    assertTrue(stacks.contains(", reported for its age: open for more than 300ms; "), stacks);
    JsonObject group = cli.json("leaks", "--group").getAsJsonArray().get(0).getAsJsonObject();
    assertEquals(2, group.getAsJsonArray("handles").size(), group::toString);
    Outcome grouped = cli.run("leaks", "--group");
    assertEquals(2, grouped.stdout().lines().count(), grouped::stdout);
    assertTrue(grouped.stdout().lines().toList().get(1).startsWith("    2  file"), grouped::stdout);
    hoarder.tell("1");
    Patience.until("one leak").until(() -> cli.leaks().size() == 1);
    List<JsonObject> withdrawn =
        cli.json("audit").getAsJsonArray().asList().stream()
            .map(JsonElement::getAsJsonObject)
            .filter(line -> line.get("event").getAsString().equals("WITHDRAWN"))
            .toList();
    assertEquals(1, withdrawn.size());
    String line = Source.lineOf("Hoarder", "removeLast().close()");
    assertTrue(withdrawn.get(0).get("closing").toString().contains(line), withdrawn::toString);
    String shown = cli.run("audit", "--stacks").stdout();
    assertTrue(shown.contains("closed\n") && shown.contains(line), shown);
    assertEquals(
        1, hoarder.descriptors().below(room.directory()).stream().filter(isFile()).count());
  }

  private static Predicate<String> isFile() {
    return path -> path.endsWith("/file");
  }

  /** Whoever the user's own rules name may keep it. */
  @Test
  void scopeRulesOfTheHomeExemptWhatTheyName() throws Exception {
    Jdk jdk = Jdks.running();
    Files.createDirectories(
        room.home(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.writeString(room.home().resolve("scope.rules"), "org.quicksilver.it.subject.Hoarder.\n");
    Agent agent = Agent.linked(room.home()).with("leak-age=*:1ms");
    Cli cli = Cli.of(room, jdk);
    RunningProgram hoarder = hoarder(program(jdk, agent));
    hoarder.tell("3");
    hoarder.awaitLine("open: 3");
    Patience.until("the handles").until(() -> handles(cli, hoarder).size() == 3);
    Patience.throughout("no leaks", Duration.ofMillis(2500))
        .until(() -> cli.leaks().stream().noneMatch(leak -> isFile().test(leak.what())));
    String slot = handles(cli, hoarder).get(0).get("slot").getAsString();
    Outcome explained = cli.run("explain", hoarder.pid() + ":" + slot);
    assertEquals(0, explained.exitCode(), explained::toString);
    for (String sentence :
        List.of(
            "it belongs to the process itself",
            "served nobody",
            "scope rule 'org.quicksilver.it.subject.Hoarder.'",
            "no policy is about it: observe")) {
      assertTrue(explained.stdout().contains(sentence), () -> sentence + ": " + explained.stdout());
    }
    assertEquals(Cli.NOT_FOUND, cli.run("explain", hoarder.pid() + ":999").exitCode());
  }

  private static List<JsonObject> handles(Cli cli, RunningProgram hoarder) {
    return cli.handles(hoarder.pid()).stream()
        .filter(handle -> isFile().test(handle.get("what").getAsString()))
        .toList();
  }

  @OnEachJdk
  void handlesAreListedWhenDescriptorsRunOut(Jdk jdk) throws Exception {
    JavaProgram inner = program(jdk, Agent.alone(room.home()).with("stack=4"));
    RunningProgram hoarder = hoarder(new WithFewDescriptors(inner));
    hoarder.tell("100");
    hoarder.awaitLine("open: 100");
    assertTrue(dumps().isEmpty());
    // When all are gone there is none left for the list itself.
    Path dump =
        Patience.until("the dump")
            .until(
                () -> {
                  hoarder.tell("all");
                  hoarder.tell("100");
                  return dumps();
                },
                found -> !found.isEmpty())
            .get(0);
    hoarder.awaitLine("no more: ");
    JsonArray handles = JsonParser.parseString(Files.readString(dump)).getAsJsonArray();
    long files =
        handles.asList().stream()
            .filter(h -> isFile().test(h.getAsJsonObject().get("what").getAsString()))
            .peek(h -> assertEquals(4, h.getAsJsonObject().get("stack").getAsJsonArray().size()))
            .count();
    assertTrue(files >= 100 && files < DESCRIPTORS, () -> files + " files");
    Path before = Files.writeString(room.directory().resolve("before"), "[]");
    JavaProgram quicksilver = JavaProgram.jar(jdk, Places.quicksilver()).quick();
    Outcome difference = room.run(quicksilver.arguments("diff", before, dump));
    assertEquals(Cli.FOUND, difference.exitCode(), difference::toString);
    assertTrue(difference.stdout().contains("Hoarder.hoard"), difference::stdout);
    assertEquals("", hoarder.stderr());
  }

  private List<Path> dumps() throws IOException {
    Path directory = room.home().resolve("dumps");
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".json")).toList();
    }
  }

  /** A program of which the shell has limited the number of descriptors. */
  private record WithFewDescriptors(JavaProgram inner) implements Program {
    @Override
    public String name() {
      return inner.name();
    }

    @Override
    public RunningProgram start(Path outputs) throws IOException {
      String limit = "ulimit -n " + DESCRIPTORS + "; exec \"$@\"";
      return inner.within("sh", "-c", limit, "sh").start(outputs);
    }
  }

  @OnEachJdk
  void recordingHoldsWhatBecameOfHandlesWithTheirTransactions(Jdk jdk) throws Exception {
    Path recording = room.directory().resolve("r.jfr");
    Agent agent = Agent.linked(room.home()).with("leak-age=file:300ms");
    Cli cli = Cli.of(room, jdk);
    JavaProgram program =
        program(jdk, agent).option("-XX:StartFlightRecording=filename=" + recording);
    RunningProgram hoarder = hoarder(program);
    int opened = 0;
    // The agent notices a recorder within a second: what is opened before is not recorded.
    for (long end = System.nanoTime() + 1_500_000_000L; System.nanoTime() < end; ) {
      hoarder.tell(Integer.toString(++opened));
      hoarder.awaitLine("open: " + opened);
    }
    long before = fileLeaks(cli);
    hoarder.tell(Integer.toString(++opened));
    Patience.until("a leak that is found while it records").until(() -> fileLeaks(cli) > before);
    String transaction = handles(cli, hoarder).get(0).get("transaction").getAsString();
    hoarder.tell("0");
    hoarder.awaitLine("open: 0");
    hoarder.tell("");
    assertEquals(0, hoarder.awaitExit().exitCode());
    List<RecordedEvent> events = RecordingFile.readAllEvents(recording);
    for (String sort :
        List.of("HandleOpened", "HandleClosed", "HandleLeaked", "HandleReportWithdrawn")) {
      assertTrue(
          events.stream()
              .filter(event -> event.getEventType().getName().equals("org.quicksilver." + sort))
              .filter(event -> isFile().test(event.getString("what")))
              .anyMatch(event -> event.getString("transaction").equals(transaction)),
          sort);
    }
  }

  private static long fileLeaks(Cli cli) {
    return cli.leaks().stream().filter(leak -> isFile().test(leak.what())).count();
  }

  @OnEachJdk
  void agentThatLeavesHasNoEffectAnyMoreAndCanComeBack(Jdk jdk) throws Exception {
    Agent agent = Agent.linked(room.home());
    Cli cli = Cli.of(room, jdk);
    Path log = room.directory().resolve("redefined");
    RunningProgram hoarder =
        hoarder(
            program(jdk, agent)
                .option(
                    "-XX:+EnableDynamicAgentLoading",
                    "-Xlog:redefine+class+load=info:file=" + log));
    hoarder.tell("1");
    Patience.until("its handle").until(() -> handles(cli, hoarder).size() == 1);
    long before = redefinitions(log);
    String pid = Long.toString(hoarder.pid());
    Outcome detached = cli.run("detach", pid);
    assertEquals("detached from " + pid, detached.stdout().strip(), detached::toString);
    assertEquals(2 * before, redefinitions(log), "classes made what they were");
    hoarder.tell("2");
    hoarder.awaitLine("open: 2");
    Patience.until("no thread of ours").until(() -> threads(hoarder).noneMatch(isOurs()));
    Patience.until("the node takes notice").until(() -> !cli.jvms().contains(hoarder.pid()));
    assertEquals(Cli.NOT_FOUND, cli.run("detach", pid).exitCode());

    Outcome attached = cli.run("attach", pid);
    assertEquals(0, attached.exitCode(), attached::toString);
    hoarder.tell("3");
    Patience.until("the new handle").until(() -> handles(cli, hoarder).size() == 1);
    assertEquals(List.of(), cli.audit());
    assertEquals("", hoarder.stderr());
  }

  private static long redefinitions(Path log) throws IOException {
    try (Stream<String> lines = Files.lines(log)) {
      return lines.filter(line -> line.contains("redefined name=java.io.FileInputStream")).count();
    }
  }

  private static Predicate<String> isOurs() {
    return name -> name.startsWith("quicksilver");
  }

  private static Stream<String> threads(RunningProgram program) throws IOException {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/" + program.pid() + "/task"))) {
      return tasks.map(LeakHuntIT::name).toList().stream();
    }
  }

  private static String name(Path task) {
    try {
      return Files.readString(task.resolve("comm")).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
