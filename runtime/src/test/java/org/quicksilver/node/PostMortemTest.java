package org.quicksilver.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quicksilver.handle.HandleKind;

/** What dead JVMs leave on the machine. */
class PostMortemTest extends NodeFixture {

  @BeforeEach
  void startNode() throws Exception {
    start();
  }

  private Path temporary() throws Exception {
    return Files.createTempFile(directory, "left", ".tmp");
  }

  private JsonObject onlyLine(ForkedJvm jvm) throws Exception {
    String audit = "{'command':'audit','jvm':'" + jvm.pid() + "'}";
    Awaitility.await().until(() -> !command.list(audit).isEmpty());
    Awaitility.await().until(() -> !Files.exists(home.breadcrumbs(jvm.incarnation())));
    JsonArray lines = command.list(audit);
    assertEquals(1, lines.size(), lines.toString());
    return lines.get(0).getAsJsonObject();
  }

  private static long inode(Path path) throws Exception {
    return (long) Files.getAttribute(path, "unix:ino");
  }

  @Test
  void temporaryFileOfAKilledJvmIsDeletedUnderReclaim() throws Exception {
    Path file = temporary();
    ForkedJvm jvm = forked("temp-file=reclaim@0");
    jvm.open(HandleKind.TEMP_FILE, jvm.process(), file.toString(), inode(file));
    jvm.kill();
    JsonObject line = onlyLine(jvm);
    assertEquals("RECLAIMED", line.get("event").getAsString());
    assertEquals("ABORTED", line.get("outcome").getAsString());
    assertEquals(file.toString(), line.get("what").getAsString());
    assertEquals("a.B.c(B.java:1)", line.getAsJsonArray("stack").get(0).getAsString());
    assertEquals(jvm.process().toString(), line.get("transaction").getAsString());
    assertFalse(Files.exists(file));
    assertEquals(0, command.list("{'command':'leaks'}").size());
  }

  @Test
  void rulesOfTheNodeCountAfterThoseOfTheJvm() throws Exception {
    assertTrue(command.asOwner("{'command':'policy','set':'temp-file=reclaim@0'}").has("result"));
    Path file = temporary();
    Path kept = temporary();
    ForkedJvm jvm = forked("temp-file:" + kept + "=observe@0");
    jvm.open(HandleKind.TEMP_FILE, jvm.process(), file.toString(), 0);
    jvm.open(HandleKind.TEMP_FILE, jvm.process(), kept.toString(), 0);
    jvm.kill();
    Awaitility.await().until(() -> command.list("{'command':'audit'}").size() == 2);
    assertFalse(Files.exists(file));
    assertTrue(Files.exists(kept));
    JsonObject left = command.list("{'command':'leaks'}").get(0).getAsJsonObject();
    assertEquals("ORPHAN", left.get("event").getAsString());
  }

  @Test
  void anotherFileOfThatNameIsLeftAlone() throws Exception {
    Path file = temporary();
    Path gone = temporary();
    ForkedJvm jvm = forked("temp-file=reclaim@0");
    jvm.open(HandleKind.TEMP_FILE, jvm.process(), file.toString(), inode(file) + 1);
    jvm.open(HandleKind.TEMP_FILE, jvm.process(), gone.toString(), 0);
    Files.delete(gone);
    jvm.kill();
    Awaitility.await().until(() -> !Files.exists(home.breadcrumbs(jvm.incarnation())));
    assertTrue(Files.exists(file));
    assertEquals(0, command.list("{'command':'audit'}").size());
  }

  @Test
  void fileLeftByOneThatLeftInOrderIsALeakAndStays() throws Exception {
    Path file = temporary();
    ForkedJvm jvm = forked("temp-file=reclaim@0");
    jvm.open(HandleKind.TEMP_FILE, jvm.process(), file.toString(), 0);
    jvm.leave();
    JsonObject line = onlyLine(jvm);
    assertEquals("LEAK", line.get("event").getAsString());
    assertEquals("COMMITTED", line.get("outcome").getAsString());
    assertTrue(Files.exists(file));
  }

  @Test
  void leakIsReclaimedWhereThePolicySaysSo() throws Exception {
    Path file = temporary();
    ForkedJvm jvm = forked("temp-file=reclaim+leaks@0");
    jvm.open(HandleKind.TEMP_FILE, jvm.process(), file.toString(), 0);
    jvm.leave();
    assertEquals("RECLAIMED", onlyLine(jvm).get("event").getAsString());
    assertFalse(Files.exists(file));
  }

  @Test
  void fileThatCannotBeDeletedIsReported() throws Exception {
    Path full = Files.createTempDirectory(directory, "full");
    Files.createFile(full.resolve("inside"));
    ForkedJvm jvm = forked("temp-file=reclaim@0");
    jvm.open(HandleKind.TEMP_FILE, jvm.process(), full.toString(), 0);
    jvm.kill();
    assertEquals("FAILED", onlyLine(jvm).get("event").getAsString());
  }

  @Test
  void childOfAKilledJvmIsKilledUnderReclaim() throws Exception {
    Process child = new ProcessBuilder("sleep", "100").start();
    try {
      ForkedJvm jvm = forked("process=reclaim@0");
      jvm.open(HandleKind.PROCESS, jvm.process(), "sleep 100", child.pid());
      jvm.kill();
      assertEquals("RECLAIMED", onlyLine(jvm).get("event").getAsString());
      assertFalse(child.isAlive());
    } finally {
      child.destroyForcibly();
    }
  }

  @Test
  void childThatIgnoresTheRequestIsKilledForcibly() throws Exception {
    Process child =
        new ProcessBuilder("sh", "-c", "trap '' TERM; echo ok; while :; do sleep 1; done").start();
    try {
      child.getInputStream().read();
      ForkedJvm jvm = forked("process=reclaim@0");
      jvm.open(HandleKind.PROCESS, jvm.process(), "sh", child.pid());
      jvm.kill();
      assertEquals("killed", onlyLine(jvm).get("note").getAsString());
      assertFalse(child.isAlive());
    } finally {
      child.destroyForcibly();
    }
  }
}
