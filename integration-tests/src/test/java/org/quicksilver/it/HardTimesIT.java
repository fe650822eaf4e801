package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.quicksilver.it.subject.ExitCode;
import org.quicksilver.it.subject.Interrupter;
import org.quicksilver.it.subject.MemoryExhausted;
import org.quicksilver.it.subject.StackExhausted;
import org.quicksilver.it.subject.Terminated;

/**
 * No memory, signals, and a crowd of JVMs that all find the home empty: the application notices no
 * agent.
 */
class HardTimesIT {

  private static final int CROWD = 12;

  @RegisterExtension final Room room = new Room();

  @OnEachJdk
  void exhaustedMemoryKillsNoThreadOfOurs(Jdk jdk) throws Exception {
    Path file = Files.writeString(room.directory().resolve("file"), "x");
    JavaProgram exhausted = JavaProgram.of(jdk, MemoryExhausted.class).arguments(file);
    exhausted.option("-Xmx40m", "-XX:-DoEscapeAnalysis").agent(Agent.alone(room.home()));
    Outcome outcome = room.run(exhausted);
    // The program itself may end for want of memory; we may not, and never aloud.
    assertTrue(complaints(outcome).stream().noneMatch(line -> line.contains("quicksilver")));
    if (outcome.stdout().startsWith("survived")) {
      assertTrue(outcome.stdout().contains("thread quicksilver-worker"), outcome::stdout);
    } else {
      assertTrue(outcome.stderr().contains("OutOfMemoryError"), outcome::stderr);
    }
  }

  /**
   * Descriptors are not compared: with the agent some are left to the collector, see the known
   * limits in ARCHITECTURE.md.
   */
  @OnEachJdk
  void exhaustedStackIsSurvivedAsEver(Jdk jdk) throws Exception {
    Path file = Files.writeString(room.directory().resolve("file"), "x");
    Outcome without = room.run(JavaProgram.of(jdk, StackExhausted.class).arguments(file));
    JavaProgram exhausted = JavaProgram.of(jdk, StackExhausted.class).arguments(file);
    Outcome with = room.run(exhausted.agent(Agent.alone(room.home())));
    assertEquals(List.of(), complaints(with));
    assertEquals(0, with.exitCode());
    assertEquals(without.stdout(), with.stdout());
    Transparency.assertNoFaults(room.home());
  }

  /**
   * What is on standard error, without what the JDK says of every agent that has a transformer when
   * a class is loaded without memory or stack.
   */
  private static List<String> complaints(Outcome outcome) {
    return outcome
        .stderr()
        .lines()
        .filter(line -> !line.startsWith("*** java.lang.instrument ASSERTION FAILED ***"))
        .filter(line -> !line.isBlank())
        .toList();
  }

  /** It may wait for them, too; and what it leaks is reported after that as before. */
  @OnEachJdk
  void whoInterruptsAllThreadsOfItsGroupMeansItsOwn(Jdk jdk) throws Exception {
    Agent agent = Agent.linked(room.home()).with("leak-age=file:1ms");
    RunningProgram program = room.start(JavaProgram.of(jdk, Interrupter.class).agent(agent));
    program.awaitLine("alone: main");
    Cli cli = Cli.of(room, jdk);
    for (String name : List.of("first", "second")) {
      Path file = Files.writeString(room.directory().resolve(name), "x");
      program.tell(file.toString());
      program.awaitLine("open: " + file);
      Patience.until(name)
          .until(() -> cli.leaks().stream().anyMatch(leak -> leak.what().equals(file.toString())));
    }
    program.endInput();
    Outcome outcome = program.awaitExit();
    assertTrue(outcome.stdout().contains("interrupted: true"), outcome::toString);
    assertEquals(0, outcome.exitCode());
    Transparency.assertNoFaults(room.home());
  }

  @OnEachJdk
  void terminationBySignalIsUnchanged(Jdk jdk) throws Exception {
    Transparency.of(room, jdk).holdsFor(HardTimesIT::terminate);
  }

  private static void terminate(Stage stage) throws Exception {
    Path file = Files.writeString(stage.directory().resolve("file"), "x");
    for (String signal : signals()) {
      RunningProgram program = stage.start(stage.program(Terminated.class).arguments(file));
      program.awaitLine("ready");
      Signals.send(signal, program.pid());
      Outcome outcome = stage.ended(signal, program);
      assertTrue(outcome.stdout().contains("the file says x"), outcome::toString);
    }
  }

  /** Those that end a program, wherever this test was started. */
  private static List<String> signals() throws IOException {
    List<String> signals = new ArrayList<>(List.of("TERM"));
    if (!Signals.isIgnored(2)) {
      signals.add("INT");
    }
    if (!Signals.isIgnored(1)) {
      signals.add("HUP");
    }
    return signals;
  }

  @OnEachJdk
  void crowdInAnEmptyHomeLeavesNothingBehind(Jdk jdk) throws Exception {
    Outcome without = room.run(JavaProgram.of(jdk, ExitCode.class).arguments(42));
    List<RunningProgram> crowd = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      JavaProgram program = JavaProgram.of(jdk, ExitCode.class).arguments(42);
      crowd.add(room.start(program.agent(Agent.alone(room.home()))));
    }
    for (RunningProgram program : crowd) {
      Transparency.assertSame("one of a crowd", without, program.awaitExit());
    }
    assertEquals(List.of(), Listing.of(room.home().resolve("jvms")));
    // None if the jar brings the classes of this JDK.
    assertTrue(Listing.of(room.home().resolve("cache")).size() <= 1, "files in the cache");
    Transparency.assertNoFaults(room.home());
  }
}
