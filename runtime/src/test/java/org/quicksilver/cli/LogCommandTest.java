package org.quicksilver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quicksilver.config.Home;
import org.quicksilver.log.LogManager;
import org.quicksilver.log.LogParticipant;

final class LogCommandTest {

  @TempDir Path directory;
  private Path home;

  @BeforeEach
  void write() throws IOException {
    home = directory.resolve("home");
    try (LogManager log = LogManager.open(new Home(home).create().log())) {
      log.append(new LogParticipant("files"), "hello".getBytes());
    }
  }

  private void damage() throws IOException {
    Path file = home.resolve("log").resolve("0000000001.log");
    byte[] bytes = Files.readAllBytes(file);
    bytes[600] ^= 1;
    Files.write(file, bytes);
  }

  @Test
  void aSoundLogIsVerified() {
    assertEquals(
        new Run(0, "segments  1\nrecords   1\nbytes     4194304\nno damage\n", ""),
        Run.of(home, "log", "verify"));
    JsonObject json =
        JsonParser.parseString(Run.of(home, "log", "verify", "--json").out()).getAsJsonObject();
    assertEquals(1, json.get("records").getAsInt());
    assertTrue(json.get("problem").isJsonNull());
  }

  @Test
  void damageIsFoundAndNamed() throws IOException {
    damage();
    Run run = Run.of(home, "log", "verify");
    assertEquals(ExitCode.FOUND, run.code());
    assertTrue(run.out().contains("damage: " + home.resolve("log")), run.out());
    assertTrue(run.out().contains("0000000001.log, offset 592: "), run.out());
    Run json = Run.of(home, "log", "verify", "--json");
    assertEquals(ExitCode.FOUND, json.code());
    JsonObject problem =
        JsonParser.parseString(json.out()).getAsJsonObject().getAsJsonObject("problem");
    assertEquals("damage", problem.get("kind").getAsString());
    assertEquals(592, problem.get("offset").getAsInt());
  }

  @Test
  void itIsDumpedLineByLine() throws IOException {
    Run run = Run.of(home, "log", "dump");
    assertEquals(0, run.code());
    assertTrue(run.out().lines().anyMatch(l -> l.endsWith("5  \"hello\"")), run.out());
    damage();
    Run damaged = Run.of(home, "log", "dump");
    assertEquals(ExitCode.FOUND, damaged.code());
    assertEquals(2, damaged.out().lines().count(), damaged.out());
    assertTrue(damaged.err().startsWith("quicksilver: damage: "), damaged.err());
  }

  @Test
  void aDumpIsJsonIfAsked() {
    JsonObject json =
        JsonParser.parseString(Run.of(home, "log", "dump", "--json").out()).getAsJsonObject();
    JsonObject record = json.getAsJsonArray("records").get(2).getAsJsonObject();
    assertEquals("1.1", record.get("lsn").getAsString());
    assertEquals("files", record.get("participant").getAsString());
    assertTrue(json.get("problem").isJsonNull());
  }

  @Test
  void withoutALogItSaysSoAndMakesNone() {
    Path other = directory.resolve("other");
    Run run = Run.of(other, "log", "verify");
    assertEquals(ExitCode.FAILED, run.code());
    assertTrue(run.err().startsWith("quicksilver: there is no log: "), run.err());
    assertTrue(Files.notExists(other));
  }

  @Test
  void withoutASubcommandItSaysWhatThereIs() {
    Run run = Run.of(Screen.UNLIMITED, "log");
    assertEquals(ExitCode.USAGE, run.code());
    assertEquals(
        "quicksilver: say what to do with the log: dump, verify, force or checkpoint\nSee 'quicksilver log --help'.\n",
        run.err());
  }
}
