package org.quicksilver.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicksilver.log.Writings.FILES;
import static org.quicksilver.log.Writings.SMALL;
import static org.quicksilver.log.Writings.TM;
import static org.quicksilver.log.Writings.append;
import static org.quicksilver.log.Writings.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(QuietRecovery.class)
final class LogDamageTest {

  private static final LogLimits TINY = new LogLimits(4096, 1 << 20, 4096);

  private final SimulatedDisk disk = new SimulatedDisk();
  private final List<String> acknowledged = new ArrayList<>();

  @TempDir Path directory;

  /** Two generations, three segments, several groups; everything forced. */
  private ForcedLog written() throws IOException {
    ForcedLog log = ForcedLog.open(disk, TINY);
    for (int i = 0; i < 16; i++) {
      write(log, i + "k".repeat(i * 55));
      if (i == 5) {
        log.checkpoint(FILES, append(log, FILES, "c"));
        log.close();
        log = ForcedLog.open(disk, TINY);
      }
    }
    return log;
  }

  private void write(ForcedLog log, String text) {
    append(log, TM, text);
    acknowledged.add(text);
    log.force();
  }

  private SimulatedDisk copy() {
    return disk.afterPowerFailure(versions -> versions - 1);
  }

  @Test
  void everyFlippedByteIsFound() throws IOException {
    written();
    assertEquals(Optional.empty(), LogVerification.of(disk).problem());
    for (long segment : disk.list()) {
      byte[] bytes = disk.bytes(segment);
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] ^= 0x10;
        Optional<LogProblem> problem = LogVerification.of(disk).problem();
        assertTrue(problem.isPresent(), "segment " + segment + ", offset " + i);
        assertTrue(problem.get().offset() <= i || problem.get().offset() == 512);
        bytes[i] ^= 0x10;
      }
    }
  }

  @Test
  void aFlippedByteIsRefusedOrNothingIsLostThoughTheLogWasNotClosed() throws IOException {
    written();
    for (long segment : disk.list()) {
      for (int i = 0; i < TINY.segment(); i++) {
        SimulatedDisk damaged = copy();
        damaged.bytes(segment)[i] ^= 0x01;
        byte[] before = damaged.bytes(segment).clone();
        String where = "segment " + segment + ", offset " + i;
        try {
          assertEquals(acknowledged, read(ForcedLog.open(damaged, TINY), TM), where);
        } catch (LogDamagedException e) {
          assertEquals(-1, Arrays.mismatch(before, damaged.bytes(segment)), where);
        }
      }
    }
  }

  @Test
  void aLostSectorInTheMiddleIsDamageNotATornTail() throws IOException {
    written();
    long last = disk.list().get(disk.list().size() - 1);
    for (long segment : disk.list()) {
      for (int sector = 512; sector < 2048 && segment < last; sector += 512) {
        SimulatedDisk damaged = copy();
        Arrays.fill(damaged.bytes(segment), sector, sector + 512, (byte) 0);
        assertThrows(LogDamagedException.class, () -> ForcedLog.open(damaged, TINY));
      }
    }
  }

  @Test
  void aLostSectorBeforeForcedRecordsOfTheSameSegmentIsDamage() throws IOException {
    ForcedLog log = ForcedLog.open(disk, SMALL);
    for (int i = 0; i < 10; i++) {
      write(log, "m".repeat(450));
    }
    for (int sector = 512; sector < 4096; sector += 512) {
      SimulatedDisk damaged = copy();
      Arrays.fill(damaged.bytes(1), sector, sector + 512, (byte) 0);
      assertThrows(LogDamagedException.class, () -> ForcedLog.open(damaged, SMALL));
    }
  }

  @Test
  void damageNamesFileAndOffsetAndWhatToDo() throws IOException {
    try (ForcedLog log = ForcedLog.open(DirectoryStorage.of(directory), SMALL)) {
      append(log, TM, "first");
      append(log, TM, "second");
    }
    Path file = directory.resolve("0000000001.log");
    byte[] bytes = Files.readAllBytes(file);
    int at = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("second");
    bytes[at] = 'S';
    Files.write(file, bytes);
    LogDamagedException e = assertThrows(LogDamagedException.class, this::reopened);
    assertTrue(e.getMessage().contains(file + ", offset " + e.problem().offset()), e.getMessage());
    assertTrue(e.problem().offset() < at && e.problem().offset() > at - 64, e.getMessage());
    Files.write(file, Arrays.copyOf(bytes, (int) e.problem().offset()));
    try (ForcedLog cut = reopened()) {
      assertEquals(List.of("first"), read(cut, TM), "cut as the message says");
    }
    assertEquals(
        Optional.empty(), LogVerification.of(DirectoryStorage.readOnly(directory)).problem());
  }

  private ForcedLog reopened() throws IOException {
    return ForcedLog.open(DirectoryStorage.of(directory), SMALL);
  }

  @Test
  void aRecordCutShortAtAnyByteIsATornTail() throws IOException {
    ForcedLog log = ForcedLog.open(disk, SMALL);
    append(log, TM, "kept");
    log.force();
    byte[] before = disk.bytes(1).clone();
    append(log, TM, "torn".repeat(300));
    log.write();
    byte[] after = disk.bytes(1).clone();
    int first = Arrays.mismatch(before, after);
    int end = after.length;
    while (after[end - 1] == 0) {
      end--;
    }
    for (int cut = first; cut < end; cut++) {
      if (isWithinSum(cut - first, end - first)) {
        continue;
      }
      SimulatedDisk torn = copy();
      Arrays.fill(torn.bytes(1), cut, after.length, (byte) 0);
      assertEquals(List.of("kept"), read(ForcedLog.open(torn, SMALL), TM), "cut at " + cut);
      assertEquals(Optional.empty(), LogVerification.of(torn).problem());
    }
  }

  /** Half a sum is as likely a changed one: refused. */
  private static boolean isWithinSum(int cut, int end) {
    int record = Batch.GROUP_SIZE;
    return IntStream.of(RecordFormat.HEADER, record, record + RecordFormat.HEADER, end)
        .anyMatch(sumEnd -> cut > sumEnd - RecordFormat.CRC && cut < sumEnd);
  }

  @Test
  void aCopyOfTheLogInARecordIsNotTakenForTheLog() throws IOException {
    ForcedLog log = ForcedLog.open(disk, SMALL);
    append(log, TM, "a");
    log.force();
    append(log, TM, "b");
    log.force();
    byte[] copy = Arrays.copyOfRange(disk.bytes(1), 512, 1024);
    log.append(FILES, ByteBuffer.wrap(Arrays.copyOf(copy, 1200)));
    log.write();
    SimulatedDisk torn = disk.afterPowerFailure(versions -> 0);
    Arrays.fill(torn.bytes(1), 1024, 1536, (byte) 0);
    System.arraycopy(disk.bytes(1), 1536, torn.bytes(1), 1536, 512);
    assertEquals(List.of("a", "b"), read(ForcedLog.open(torn, SMALL), TM));
  }

  @Test
  void aMissingSegmentIsDamage() throws IOException {
    written();
    disk.delete(disk.list().get(1));
    LogDamagedException e =
        assertThrows(LogDamagedException.class, () -> ForcedLog.open(disk, TINY));
    assertTrue(e.getMessage().contains("missing"), e.getMessage());
  }

  @Test
  void whatIsNoLogIsRefused() throws IOException {
    Files.writeString(directory.resolve("0000000001.log"), "something else");
    assertThrows(LogDamagedException.class, this::reopened);
    Files.write(directory.resolve("0000000001.log"), new byte[0]);
    assertThrows(LogDamagedException.class, this::reopened);
  }
}
