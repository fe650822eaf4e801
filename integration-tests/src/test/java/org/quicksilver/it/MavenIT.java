package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Maven with the agent builds the same jar, prints the same, and ends with the same code. */
class MavenIT {

  private static final String GOOD =
      "package p; public class Good { public static int f() { return 1; } }";
  private static final String BAD = "package p; public class Bad { int f() { return nothing; } }";

  @RegisterExtension final Room room = new Room();

  @OnEachJdk
  void buildThatSucceedsIsUnchanged(Jdk jdk) throws Exception {
    Built without = build(jdk, "Good", GOOD, "");
    Built with = build(jdk, "Good", GOOD, Agent.alone(room.home()).jvmOption());
    assertEquals(0, without.outcome.exitCode(), without.outcome::toString);
    Transparency.assertSame("mvn package", without.outcome, with.outcome);
    assertEquals(without.jar, with.jar);
    assertAgentWasThere();
  }

  @OnEachJdk
  void buildThatFailsIsUnchanged(Jdk jdk) throws Exception {
    Built without = build(jdk, "Bad", BAD, "");
    Built with = build(jdk, "Bad", BAD, Agent.alone(room.home()).jvmOption());
    assertNotEquals(0, without.outcome.exitCode());
    Transparency.assertSame("mvn package", without.outcome, with.outcome);
    assertAgentWasThere();
  }

  private void assertAgentWasThere() throws Exception {
    assertTrue(Files.exists(room.home().resolve("incarnation")));
    Transparency.assertNoFaults(room.home());
  }

  /**
   * What a build left behind.
   *
   * @param jar bytes of the jar, one to a character; empty if there is none
   */
  private record Built(Outcome outcome, String jar) {}

  private Built build(Jdk jdk, String className, String source, String options) throws Exception {
    Path project = room.empty("project");
    TinyProject.write(project, className, source);
    Outcome outcome = room.run(new MavenBuild(jdk, project, options));
    Path jar = project.resolve("target/tiny-1.jar");
    return new Built(
        outcome, Files.exists(jar) ? Files.readString(jar, StandardCharsets.ISO_8859_1) : "");
  }
}
