package org.quicksilver.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quicksilver.memory.CommitMode;
import org.quicksilver.memory.MemoryTransaction;
import org.quicksilver.memory.RecoverableMemory;
import org.quicksilver.memory.Region;
import org.quicksilver.memory.RegionOptions;
import org.quicksilver.memory.RestoreMode;
import org.quicksilver.memory.SegmentRange;
import org.quicksilver.memory.lrvm.Lrvm;
import org.quicksilver.memory.lrvm.LrvmOptions;
import org.quicksilver.memory.vista.Vista;
import org.quicksilver.memory.vista.VistaOptions;

@Timeout(60)
final class MemoryCommandTest {

  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");
  private static final int LOG_LENGTH = 1 << 18;

  enum Engine {
    LRVM {
      @Override
      RecoverableMemory open(Path log) {
        if (Files.notExists(log)) {
          Lrvm.createLog(LrvmOptions.of(log), LOG_LENGTH, OWNER);
        }
        return Lrvm.initialize(LrvmOptions.of(log));
      }
    },
    VISTA {
      @Override
      RecoverableMemory open(Path log) {
        if (Files.notExists(log)) {
          Vista.createLog(VistaOptions.of(log), LOG_LENGTH, OWNER);
        }
        return Vista.initialize(VistaOptions.of(log));
      }
    };

    abstract RecoverableMemory open(Path log);
  }

  @TempDir Path directory;
  private Path live;
  private Path log;
  private RecoverableMemory memory;

  /** One transaction is committed, one prepared, one neither; then its process dies. */
  private void die(Engine engine) throws IOException {
    live = Files.createDirectory(directory.resolve("live"));
    Path dead = Files.createDirectory(directory.resolve("dead"));
    memory = engine.open(live.resolve("log"));
    SegmentRange range = new SegmentRange(live.resolve("segment"), 0, 8192);
    Region region = memory.map(range, RegionOptions.creating());
    change(region, 0).endTransaction(CommitMode.FLUSH);
    change(region, 1000).prepare("transfer 7".getBytes(StandardCharsets.UTF_8));
    change(region, 2000);
    for (String name : new String[] {"log", "segment"}) {
      Files.copy(live.resolve(name), dead.resolve(name));
    }
    log = dead.resolve("log");
  }

  private MemoryTransaction change(Region region, long offset) {
    MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE);
    transaction.setRange(region, offset, 16);
    region.putLong(offset, ~offset);
    region.putLong(offset + 8, ~offset);
    return transaction;
  }

  @AfterEach
  void close() {
    if (memory != null) {
      memory.close();
    }
  }

  private Run run(String... arguments) {
    return Run.of(Screen.UNLIMITED, arguments);
  }

  private JsonObject json(String... arguments) {
    Run run = run(arguments);
    assertEquals("", run.err());
    return JsonParser.parseString(run.out()).getAsJsonObject();
  }

  private Map<Path, String> contents() throws IOException {
    Map<Path, String> contents = new HashMap<>();
    try (Stream<Path> files = Files.list(log.resolveSibling(""))) {
      files.forEach(file -> contents.put(file, read(file)));
    }
    return contents;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void infoSaysWhatTheHeaderSays(Engine engine) throws IOException {
    die(engine);
    Run run = run("memory", "info", log.toString());
    assertEquals(0, run.code(), run.err());
    String name = engine.name().toLowerCase(java.util.Locale.ROOT);
    assertTrue(run.out().lines().anyMatch(l -> l.matches("engine +" + name)), run.out());
    assertTrue(run.out().lines().anyMatch(l -> l.matches("in use +no")), run.out());
    assertTrue(run.out().lines().anyMatch(l -> l.matches("closed +no")), run.out());
    String segment = log.resolveSibling("segment").toString();
    assertTrue(run.out().lines().anyMatch(l -> l.matches("segment +" + segment)), run.out());
    JsonObject json = json("memory", "info", log.toString(), "--json");
    assertEquals(name, json.get("engine").getAsString());
    assertFalse(json.get("inUse").getAsBoolean());
    assertEquals(segment, json.getAsJsonArray("segments").get(0).getAsString());
  }

  @ParameterizedTest
  @EnumSource
  void infoWorksWhileTheMemoryIsOpenAndNothingElseDoes(Engine engine) throws IOException {
    die(engine);
    String inUse = live.resolve("log").toString();
    assertTrue(json("memory", "info", inUse, "--json").get("inUse").getAsBoolean());
    for (String command : new String[] {"log", "verify", "recover"}) {
      Run run = run("memory", command, inUse);
      assertEquals(ExitCode.FAILED, run.code(), command);
      assertTrue(run.err().contains(inUse), run.err());
      assertEquals(1, run.err().lines().count(), run.err());
    }
  }

  @ParameterizedTest
  @EnumSource
  void logShowsRangesAndTheNameOfWhatIsPrepared(Engine engine) throws IOException {
    die(engine);
    Run run = run("memory", "log", log.toString());
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().startsWith("POSITION"), run.out());
    assertTrue(run.out().lines().anyMatch(l -> l.matches(".* 1000 +16 +.*segment")), run.out());
    JsonObject json = json("memory", "log", log.toString(), "--json");
    assertTrue(json.get("damage").isJsonNull());
    assertTrue(json.getAsJsonArray("lines").size() >= 3);
  }

  @ParameterizedTest
  @EnumSource
  void verifyFindsNoDamageWhereThereIsNone(Engine engine) throws IOException {
    die(engine);
    assertEquals(new Run(0, "no damage\n", ""), run("memory", "verify", log.toString()));
    assertTrue(json("memory", "verify", log.toString(), "--json").get("damage").isJsonNull());
  }

  @ParameterizedTest
  @EnumSource
  void nothingButRecoverChangesAFile(Engine engine) throws IOException {
    die(engine);
    Map<Path, String> before = contents();
    for (String command : new String[] {"info", "log", "verify"}) {
      assertEquals(0, run("memory", command, log.toString()).code());
      assertEquals(before, contents(), command);
    }
  }

  @ParameterizedTest
  @EnumSource
  void recoverDoesWhatOpeningDoes(Engine engine) throws IOException {
    die(engine);
    JsonObject json = json("memory", "recover", log.toString(), "--json");
    assertEquals(1, json.get("transactions").getAsInt());
    JsonObject undecided = json.getAsJsonArray("undecided").get(0).getAsJsonObject();
    assertEquals("transfer 7", undecided.get("name").getAsString());
    byte[] bytes = Files.readAllBytes(log.resolveSibling("segment"));
    assertEquals(-1, bytes[0]);
    assertArrayEquals(new byte[16], java.util.Arrays.copyOfRange(bytes, 2000, 2016));
    Run again = run("memory", "recover", log.toString());
    assertTrue(
        again.out().matches("transactions (un|re)done  0\nundecided  \\d+  \"transfer 7\"\n"));
    assertEquals(0, again.code());
  }

  @Test
  void damageIsFoundAndNamedAndRecoverRefuses() throws IOException {
    die(Engine.VISTA);
    byte[] bytes = Files.readAllBytes(log);
    int chunks = 132 * 1024;
    int at = chunks;
    while (bytes[at] == 0) {
      at++;
    }
    bytes[at] ^= 1;
    Files.write(log, bytes);
    Map<Path, String> before = contents();
    Run verify = run("memory", "verify", log.toString());
    assertEquals(ExitCode.FOUND, verify.code());
    assertTrue(verify.out().startsWith("damage: " + log + ", offset "), verify.out());
    assertEquals(ExitCode.FOUND, run("memory", "log", log.toString()).code());
    Run recover = run("memory", "recover", log.toString());
    assertEquals(ExitCode.FOUND, recover.code());
    assertTrue(recover.err().startsWith("quicksilver: " + log), recover.err());
    assertEquals(before, contents());
  }

  @ParameterizedTest
  @ValueSource(strings = {"info", "log", "verify", "recover"})
  void whatIsNoLogIsSaidToBeNone(String command) throws IOException {
    Path none = directory.resolve("none");
    Run missing = run("memory", command, none.toString());
    assertEquals(ExitCode.FAILED, missing.code());
    assertTrue(missing.err().contains("there is no log " + none), missing.err());
    assertTrue(Files.notExists(none));
    Path text = Files.writeString(directory.resolve("text"), "words ".repeat(40_000));
    Run other = run("memory", command, text.toString());
    assertEquals(ExitCode.FAILED, other.code());
    assertTrue(other.err().contains(text + " is no log"), other.err());
    assertEquals(240_000, Files.size(text));
    for (String few : List.of("", "x", "root:x:0:0:root:/root:/bin/sh")) {
      Run shorter = run("memory", command, Files.writeString(text, few).toString());
      assertEquals(ExitCode.FAILED, shorter.code());
      assertTrue(shorter.err().contains(text + " is no log"), shorter.err());
    }
  }

  @Test
  void logThatWasCutOffIsDamaged() throws IOException {
    die(Engine.LRVM);
    byte[] bytes = Files.readAllBytes(log);
    Files.write(log, java.util.Arrays.copyOf(bytes, 100));
    Run run = run("memory", "info", log.toString());
    assertEquals(ExitCode.FOUND, run.code());
    assertTrue(run.err().contains("it ends before its header blocks do"), run.err());
  }

  @Test
  void withoutASubcommandOrAFileItSaysWhatIsMissing() {
    Run run = run("memory");
    assertEquals(ExitCode.USAGE, run.code());
    assertTrue(run.err().contains("info, log, verify or recover"), run.err());
    Run noFile = run("memory", "info");
    assertEquals(ExitCode.USAGE, noFile.code());
    assertTrue(noFile.err().contains("FILE"), noFile.err());
  }
}
