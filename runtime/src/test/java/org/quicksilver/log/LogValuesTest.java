package org.quicksilver.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LogValuesTest {

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "4095, 1048576, 4096",
    "4097, 1048576, 4096",
    "134217728, 1073741824, 4096",
    "4096, 8191, 4096",
    "4096, 8192, 4095",
    "4096, 8192, 134217728"
  })
  void limitsThatCannotWorkAreRefused(int segment, long most, int buffer) {
    assertThrows(IllegalArgumentException.class, () -> new LogLimits(segment, most, buffer));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "line\n", "größe"})
  void namesThatDoNotFitIntoARecordAreRefused(String name) {
    assertThrows(IllegalArgumentException.class, () -> new LogParticipant(name));
  }

  @Test
  void aNameHas64CharactersAtMost() {
    assertEquals(64, new LogParticipant("n".repeat(64)).name().length());
    assertThrows(IllegalArgumentException.class, () -> new LogParticipant("n".repeat(65)));
  }

  @Test
  void aNumberIsPrintedAsGenerationAndNumber() {
    long first = Lsn.firstOfNextGeneration(Lsn.NONE);
    assertEquals("1.0", Lsn.text(first));
    assertEquals("1.1", Lsn.text(Lsn.next(first)));
    assertEquals("2.0", Lsn.text(Lsn.firstOfNextGeneration(Lsn.next(first))));
  }

  @Test
  void aGenerationThatIsUsedUpIsNotRunOver() {
    assertThrows(IllegalStateException.class, () -> Lsn.next((2L << 40) - 1));
    assertThrows(IllegalStateException.class, () -> Lsn.firstOfNextGeneration(Long.MAX_VALUE));
  }

  @Test
  void segmentsAreMadeWholeAndForTheirOwnerOnly() throws IOException {
    Path log = directory.resolve("log");
    Files.createDirectory(log);
    Files.writeString(log.resolve("0000000001.new"), "left over by a process that was killed");
    Files.writeString(log.resolve("notes.txt"), "somebody's");
    ForcedLog.open(DirectoryStorage.of(log), Writings.SMALL).close();
    assertEquals(List.of(1L), DirectoryStorage.readOnly(log).list());
    assertTrue(Files.notExists(log.resolve("0000000001.new")));
    assertEquals(8192, Files.size(log.resolve("0000000001.log")));
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(log.resolve("0000000001.log"))));
  }

  @Test
  void lookingAtALogThatIsNotThereMakesNone() throws IOException {
    Path log = directory.resolve("none");
    assertEquals(List.of(), DirectoryStorage.readOnly(log).list());
    assertTrue(Files.notExists(log));
  }
}
