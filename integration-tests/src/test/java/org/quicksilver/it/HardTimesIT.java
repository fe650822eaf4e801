package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.quicksilver.it.subject.ExitCode;
import org.quicksilver.it.subject.MemoryExhausted;
import org.quicksilver.it.subject.StackExhausted;
import org.quicksilver.it.subject.Terminated;

/**
 * No memory, signals, and a crowd of JVMs that all find the home empty: the application notices no
 * agent.
 */
class HardTimesIT {

  private static final int CROWD = 12;
  private static final int A_FEW = 3;

  @RegisterExtension final Room room = new Room();

  @OnEachJdk
  void exhaustedMemoryKillsNoThreadOfOurs(Jdk jdk) throws Exception {
    Path file = Files.writeString(room.directory().resolve("file"), "x");
    JavaProgram exhausted = JavaProgram.of(jdk, MemoryExhausted.class).arguments(file);
    exhausted.option("-Xmx40m", "-XX:-DoEscapeAnalysis").agent(Agent.alone(room.home()));
    Outcome outcome = room.run(exhausted);
    assertEquals(List.of(), complaints(outcome));
    assertEquals(0, outcome.exitCode());
    assertTrue(outcome.stdout().startsWith("survived"), outcome::stdout);
    assertTrue(outcome.stdout().contains("thread quicksilver-worker"), outcome::stdout);
  }

  /**
   * The JDK itself may lose one when the stack ends between the system call and the registration of
   * its cleaner.
   */
  @OnEachJdk
  void exhaustedStackLosesNoMoreDescriptorsThanEver(Jdk jdk) throws Exception {
    Path file = Files.writeString(room.directory().resolve("file"), "x");
    Outcome without = room.run(JavaProgram.of(jdk, StackExhausted.class).arguments(file));
    JavaProgram exhausted = JavaProgram.of(jdk, StackExhausted.class).arguments(file);
    Outcome with = room.run(exhausted.agent(Agent.alone(room.home())));
    assertEquals(List.of(), complaints(with));
    assertEquals(0, with.exitCode());
    int lost = Integer.parseInt(with.stdout().strip());
    int ever = Integer.parseInt(without.stdout().strip());
    assertTrue(lost <= ever + A_FEW, lost + " lost, " + ever + " without the agent");
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

  @OnEachJdk
  void terminationBySignalIsUnchanged(Jdk jdk) throws Exception {
    Transparency.of(room, jdk).holdsFor(HardTimesIT::terminate);
  }

  private static void terminate(Stage stage) throws Exception {
    Path file = Files.writeString(stage.directory().resolve("file"), "x");
    for (String signal : new String[] {"TERM", "INT", "HUP"}) {
      RunningProgram program = stage.start(stage.program(Terminated.class).arguments(file));
      program.awaitLine("ready");
      Signals.send(signal, program.pid());
      Outcome outcome = stage.ended(signal, program);
      assertTrue(outcome.stdout().contains("the file says x"), outcome::toString);
    }
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
    assertEquals(List.of(), files(room.home().resolve("jvms")));
    assertEquals(1, files(room.home().resolve("cache")).size(), "files in the cache");
    Transparency.assertNoFaults(room.home());
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }
}
