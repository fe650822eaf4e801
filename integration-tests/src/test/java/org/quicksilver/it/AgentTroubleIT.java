package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.quicksilver.it.subject.ExitCode;
import org.quicksilver.it.subject.ManyOpenFiles;

/**
 * What is wrong with our options, our home or our disk is said in a line, and the application does
 * what it always does.
 */
class AgentTroubleIT {

  private static final int MORE_THAN_A_MEGABYTE_OF_BREADCRUMBS = 5_000;

  @RegisterExtension final Room room = new Room();

  @OnEachJdk
  void eachWrongOptionIsOneLineAndNothingElse(Jdk jdk) throws Exception {
    Agent agent =
        Agent.alone(room.home())
            .with("polcy=file=reclaim")
            .with("linger=soon")
            .with("stack=perhaps")
            .with("without=file;teapot")
            .with("lonely")
            .with("policy=teapot=reclaim");
    assertComplaints(
        jdk,
        agent,
        "unknown agent option 'polcy'",
        "agent option 'lonely' has no value",
        "bad value 'perhaps' for stack",
        "bad value 'teapot' for without",
        "bad value 'soon' for linger",
        "unknown kind of handle 'teapot'");
  }

  @OnEachJdk
  void wrongOptionsFileIsNamed(Jdk jdk) throws Exception {
    Path file = Files.writeString(room.directory().resolve("options"), "colour=blue\n");
    Agent agent = Agent.alone(room.home()).with("config=" + file);
    assertComplaints(jdk, agent, "unknown key 'colour' in " + file);
    Agent missing = Agent.alone(room.home()).with("config=" + file + ".not");
    assertComplaints(jdk, missing, "cannot read the options file " + file + ".not");
  }

  @OnEachJdk
  void homeThatCannotBeMadeLeavesTheApplicationAlone(Jdk jdk) throws Exception {
    Path file = Files.writeString(room.directory().resolve("file"), "no directory");
    String complaint =
        "not started, the application runs without it: " + file + " exists and is no";
    assertComplaints(jdk, Agent.alone(file), complaint);
    assertComplaints(jdk, Agent.alone(file.resolve("home")), complaint);
  }

  @OnEachJdk
  void emptyHomeOpenToOthersIsClosed(Jdk jdk) throws Exception {
    Path home = openToOthers(room.empty("q"));
    assertComplaints(jdk, Agent.alone(home));
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home)));
  }

  @OnEachJdk
  void directoryOfSomethingElseIsNotOursToClose(Jdk jdk) throws Exception {
    Path home = openToOthers(room.empty("q"));
    Files.writeString(home.resolve("letter"), "private");
    assertComplaints(jdk, Agent.alone(home), "run: chmod 700 " + home);
    assertEquals("rwxr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(home)));
  }

  private static Path openToOthers(Path home) throws IOException {
    return Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @OnEachJdk
  void homeThatMayNotBeWrittenLeavesTheApplicationAlone(Jdk jdk) throws Exception {
    try (SmallDisk disk = SmallDisk.mount(room.empty("disk"))) {
      disk.makeReadOnly();
      assertComplaints(
          jdk,
          Agent.alone(disk.directory()),
          "not started, the application runs without it: no permission on the home directory");
    }
  }

  @OnEachJdk
  void fullDiskLeavesTheApplicationAlone(Jdk jdk) throws Exception {
    try (SmallDisk disk = SmallDisk.mount(room.empty("disk"))) {
      disk.fill(0);
      Outcome without = room.run(many(jdk));
      Outcome with = room.run(many(jdk).agent(Agent.alone(disk.directory())));
      assertEquals(without.stdout(), with.stdout());
      assertEquals(without.exitCode(), with.exitCode());
      assertComplaintLines(with.stderr(), "not started, the application runs without it");
    }
  }

  @OnEachJdk
  void diskThatBecomesFullLeavesTheApplicationAlone(Jdk jdk) throws Exception {
    try (SmallDisk disk = SmallDisk.mount(room.empty("disk"))) {
      Outcome without = room.run(many(jdk));
      Outcome with = room.run(many(jdk).agent(Agent.alone(disk.directory())));
      Transparency.assertSame("many files on a full disk", without, with);
      assertTrue(Files.exists(disk.directory().resolve("incarnation")));
    }
  }

  private JavaProgram many(Jdk jdk) throws IOException {
    Path file = Files.writeString(room.directory().resolve("file"), "x");
    return JavaProgram.of(jdk, ManyOpenFiles.class)
        .arguments(file, MORE_THAN_A_MEGABYTE_OF_BREADCRUMBS);
  }

  @OnEachJdk
  void damagedCacheOfClassesIsMadeAnew(Jdk jdk) throws Exception {
    assertComplaints(jdk, Agent.alone(room.home()));
    Random random = new Random(17);
    for (int round = 0; round < 6; round++) {
      try (Stream<Path> files = Files.list(room.home().resolve("cache"))) {
        for (Path file : files.toList()) {
          Damage.to(file, round, random);
        }
      }
      assertComplaints(jdk, Agent.alone(room.home()));
    }
    Transparency.assertNoFaults(room.home());
  }

  @OnEachJdk
  void twoAgentsInOneJvmAreOne(Jdk jdk) throws Exception {
    Agent agent = Agent.alone(room.home());
    Outcome outcome = room.run(exit42(jdk).agent(agent).agent(agent));
    assertEquals(42, outcome.exitCode());
    assertEquals(room.run(exit42(jdk)).stdout(), outcome.stdout());
    assertComplaintLines(outcome.stderr(), "an agent is running in this JVM already");
  }

  private void assertComplaints(Jdk jdk, Agent agent, String... complaints) throws Exception {
    Outcome without = room.run(exit42(jdk));
    Outcome with = room.run(exit42(jdk).agent(agent));
    assertEquals(without.stdout(), with.stdout());
    assertEquals(42, with.exitCode());
    assertComplaintLines(with.stderr(), complaints);
  }

  private static JavaProgram exit42(Jdk jdk) {
    return JavaProgram.of(jdk, ExitCode.class).arguments(42);
  }

  /** One line each in this order, then the application's own. */
  private static void assertComplaintLines(String stderr, String... complaints) {
    List<String> ours = stderr.lines().filter(line -> line.startsWith("quicksilver: ")).toList();
    assertEquals(complaints.length, ours.size(), stderr);
    for (int i = 0; i < complaints.length; i++) {
      assertTrue(ours.get(i).contains(complaints[i]), ours.get(i) + " / " + complaints[i]);
    }
    long others = stderr.lines().filter(line -> !line.startsWith("quicksilver: ")).count();
    assertTrue(others <= 1, stderr);
  }
}
