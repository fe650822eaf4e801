package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.quicksilver.it.subject.Litter;

/** What a dead JVM left on the machine: temporary files and a child process. */
class PostMortemIT {

  private static final Duration A_WHILE = Duration.ofSeconds(1);
  private static final String RECLAIM = "temp-file=reclaim@0s;process=reclaim@0s";
  private static final String RECLAIM_LEAKS = "temp-file=reclaim+leaks@0s;process=reclaim+leaks@0s";

  @RegisterExtension final Room room = new Room();

  /**
   * A program and what it left behind.
   *
   * @param temporary made as temporary files, by the old and the new class
   * @param doomed to be deleted on exit
   * @param ordinary not ours to delete
   */
  private record Left(
      RunningProgram program,
      Cli cli,
      Path temporary,
      Path doomed,
      Path ordinary,
      ProcessHandle child) {

    List<Path> files() throws IOException {
      return Listing.of(temporary);
    }
  }

  private Left litter(Jdk jdk, String policy) throws IOException {
    Path directory = room.empty("tmp");
    RunningProgram program =
        room.start(
            JavaProgram.of(jdk, Litter.class)
                .agent(Agent.linked(room.home()).with("policy=" + policy))
                .option("-Djava.io.tmpdir=" + directory));
    program.awaitLine("ready");
    ProcessHandle child =
        ProcessHandle.of(Long.parseLong(program.awaitLine("child "))).orElseThrow();
    room.adopt(child);
    Cli cli = Cli.of(room, jdk);
    cli.awaitNode(0);
    Path doomed = Path.of(program.awaitLine("doomed "));
    Path ordinary = Path.of(program.awaitLine("ordinary "));
    Left left = new Left(program, cli, directory, doomed, ordinary, child);
    assertEquals(4, left.files().size());
    return left;
  }

  @OnEachJdk
  void killedJvmHasItsTemporaryFilesDeletedAndItsChildKilled(Jdk jdk) throws Exception {
    Left left = litter(jdk, RECLAIM);
    left.program.kill();
    awaitGone(left);
    List<AuditLine> audit = left.cli.awaitAudit(4);
    AuditLine.assertOnce(audit);
    assertEquals(
        List.of("PROCESS", "TEMP_FILE", "TEMP_FILE", "TEMP_FILE"),
        audit.stream().map(AuditLine::kind).sorted().toList());
    for (AuditLine line : audit) {
      assertEquals("RECLAIMED", line.event());
      assertEquals("ABORTED", line.outcome());
      assertEquals(left.program.pid(), line.pid());
      assertTrue(line.stack().stream().anyMatch(frame -> frame.contains("Litter.main")));
    }
  }

  private static void awaitGone(Left left) {
    Patience.until("what is not temporary")
        .until(() -> left.files().equals(List.of(left.ordinary)));
    Patience.until("the end of the child").until(() -> !left.child.isAlive());
  }

  @Test
  void observedLeftoversAreReportedAndLeftAlone() throws Exception {
    Left left = litter(Jdks.running(), "*=observe@0s");
    left.program.kill();
    List<AuditLine> audit = left.cli.awaitAudit(4);
    AuditLine.assertOnce(audit);
    audit.forEach(line -> assertEquals("ORPHAN", line.event()));
    assertLeftAlone(left, 4);
  }

  private static void assertLeftAlone(Left left, int files) {
    Patience.throughout("what was left", A_WHILE)
        .until(() -> left.files().size() == files && left.child.isAlive());
  }

  @Test
  void orderlyExitLeavesThemUnlessLeaksAreNamed() throws Exception {
    Left left = litter(Jdks.running(), RECLAIM);
    exit(left);
    // A leak of the two temporary files and the child, but none to reclaim.
    List<AuditLine> audit = left.cli.awaitAudit(3);
    audit.forEach(line -> assertEquals("LEAK", line.event()));
    assertLeftAlone(left, 3);
    assertFalse(left.files().contains(left.doomed));
  }

  private static void exit(Left left) throws Exception {
    left.program.tell("exit");
    Outcome outcome = left.program.awaitExit();
    assertEquals(0, outcome.exitCode());
    assertEquals("", outcome.stderr());
  }

  @Test
  void orderlyExitIsReclaimedIfLeaksAreNamed() throws Exception {
    Left left = litter(Jdks.running(), RECLAIM_LEAKS);
    exit(left);
    awaitGone(left);
    List<AuditLine> audit = left.cli.awaitAudit(3);
    AuditLine.assertOnce(audit);
    audit.forEach(line -> assertEquals("COMMITTED", line.outcome()));
    audit.forEach(line -> assertTrue(line.isReclaim(), line::toString));
  }
}
