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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ForcedLogTest {

  private final SimulatedDisk disk = new SimulatedDisk();
  private ForcedLog log;

  @BeforeEach
  void open() throws IOException {
    log = ForcedLog.open(disk, SMALL);
  }

  private void reopen() throws IOException {
    log = ForcedLog.open(disk, SMALL);
  }

  private SimulatedDisk withoutPower() {
    return disk.afterPowerFailure(versions -> 0);
  }

  @Test
  void eachParticipantGetsItsOwnRecordsInTheirOrder() throws IOException {
    append(log, TM, "prepared 1");
    append(log, FILES, "undo 1");
    append(log, TM, "commit 1");
    append(log, new LogParticipant("file"), "");
    assertEquals(List.of("prepared 1", "commit 1"), read(log, TM));
    assertEquals(List.of("undo 1"), read(log, FILES));
    assertEquals(List.of(""), read(log, new LogParticipant("file")));
    assertEquals(List.of(), read(log, new LogParticipant("nobody")));
  }

  @Test
  void whatIsNotForcedIsReadToo() throws IOException {
    append(log, TM, "a");
    log.force();
    long from = append(log, TM, "b");
    append(log, TM, "c");
    assertEquals(List.of("b", "c"), read(log, TM, from));
  }

  @Test
  void appendedIsLostWithTheProcessWrittenIsNot() throws IOException {
    append(log, TM, "a");
    log.write();
    append(log, TM, "b");
    reopen();
    assertEquals(List.of("a"), read(log, TM));
  }

  @Test
  void writtenIsLostWithThePowerForcedIsNot() throws IOException {
    append(log, TM, "a");
    long forced = append(log, FILES, "b");
    assertEquals(forced, log.force());
    append(log, TM, "c");
    log.write();
    log = ForcedLog.open(withoutPower(), SMALL);
    assertEquals(List.of("a"), read(log, TM));
    assertEquals(List.of("b"), read(log, FILES));
  }

  @Test
  void oneWriteAndOneForceForAGroup() {
    int writes = disk.writes();
    int forces = disk.forces();
    for (int i = 0; i < 50; i++) {
      append(log, TM, "record " + i);
    }
    log.force();
    assertEquals(writes + 1, disk.writes());
    assertEquals(forces + 1, disk.forces());
    log.force();
    assertEquals(forces + 1, disk.forces(), "nothing to force");
  }

  @Test
  void aNumberIsNeverGivenTwiceNotEvenThatOfALostRecord() throws IOException {
    long last = Lsn.NONE;
    for (int life = 1; life <= 20; life++) {
      for (int i = 0; i < 30; i++) {
        long lsn = append(log, TM, "x".repeat(i * 7));
        assertTrue(lsn > last);
        last = lsn;
        if (i % 13 == life % 13) {
          log.force();
        }
      }
      assertEquals(life, Lsn.generation(last));
      reopen();
    }
  }

  @Test
  void recordsOfAllLengthsCrossSegmentsAndComeBack() throws IOException {
    List<String> expected = new ArrayList<>();
    for (int length = 0; length <= SMALL.longestPayload(); length += 7) {
      expected.add("y".repeat(length));
      append(log, FILES, "y".repeat(length));
    }
    assertEquals(expected, read(log, FILES));
    log.close();
    reopen();
    assertEquals(expected, read(log, FILES));
    assertTrue(disk.list().size() > 10);
  }

  @Test
  void aRecordThatIsTooLongIsRefused() throws IOException {
    ByteBuffer longer = ByteBuffer.allocate(SMALL.longestPayload() + 1);
    assertThrows(IllegalArgumentException.class, () -> log.append(TM, longer));
    append(log, TM, "a");
    assertEquals(List.of("a"), read(log, TM));
  }

  @Test
  void segmentsBelowEverybodysMarkAreDeleted() throws IOException {
    long middle = fill(40);
    append(log, FILES, "kept");
    fill(40);
    log.checkpoint(TM, middle);
    log.force();
    List<Long> kept = disk.list();
    assertTrue(kept.get(0) > 1, "the oldest are gone");
    assertEquals(List.of("kept"), read(log, FILES));
    List<LogEntry> entries = new ArrayList<>();
    log.read(TM, middle, entries::add);
    assertEquals(middle, entries.get(0).lsn());
    log.checkpoint(FILES, append(log, FILES, "a new checkpoint"));
    log.checkpoint(TM, append(log, TM, "too"));
    log.force();
    assertTrue(disk.list().get(0) > kept.get(0));
    assertEquals(List.of("a new checkpoint"), read(log, FILES, log.lowWater(FILES)));
  }

  private long fill(int records) {
    long last = Lsn.NONE;
    for (int i = 0; i < records; i++) {
      last = append(log, TM, "z".repeat(1000));
    }
    return last;
  }

  @Test
  void whoNeverSetAMarkHoldsTheLog() throws IOException {
    append(log, FILES, "mine");
    log.checkpoint(TM, fill(40));
    log.force();
    assertEquals(1, disk.list().get(0));
    assertEquals(List.of("mine"), read(log, FILES));
  }

  @Test
  void nothingIsDeletedBeforeWhatTakesItsPlaceIsForced() throws IOException {
    fill(40);
    log.force();
    log.checkpoint(TM, append(log, TM, "all of it"));
    log.write();
    assertEquals(1, disk.list().get(0));
    ForcedLog recovered = ForcedLog.open(withoutPower(), SMALL);
    assertEquals(40, read(recovered, TM).size());
  }

  @Test
  void marksSurviveRestartsAndTruncation() throws IOException {
    append(log, FILES, "a");
    long files = append(log, FILES, "b");
    log.checkpoint(FILES, files);
    for (int round = 0; round < 5; round++) {
      long tm = fill(40);
      log.checkpoint(TM, tm);
      log.checkpoint(FILES, log.append(FILES, ByteBuffer.wrap(new byte[round])));
      log.force();
      files = log.lowWater(FILES);
      SimulatedDisk after = withoutPower();
      ForcedLog recovered = ForcedLog.open(after, SMALL);
      assertEquals(tm, recovered.lowWater(TM));
      assertEquals(files, recovered.lowWater(FILES));
      assertEquals(Optional.empty(), LogVerification.of(after).problem());
    }
    log.checkpoint(FILES, 1);
    assertEquals(files, log.lowWater(FILES), "a mark is never lowered");
  }

  @Test
  void aMarkBeyondTheEndIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> log.checkpoint(TM, 1L << 60));
  }

  @Test
  void tooManyMarksAreRefusedAndTheLogGoesOn() throws IOException {
    IllegalStateException refused =
        assertThrows(
            IllegalStateException.class,
            () -> {
              for (int i = 0; i < 1000; i++) {
                LogParticipant each = new LogParticipant("participant-with-a-long-name-" + i);
                log.checkpoint(each, append(log, each, "x"));
              }
            });
    assertTrue(refused.getMessage().contains("too many participants"), refused.getMessage());
    fill(40);
    log.force();
    reopen();
    assertEquals(40, read(log, TM).size());
  }

  @Test
  void aFullLogSaysWhoHoldsItAndRefusesOnlyWhatComesThen() throws IOException {
    LogLimits tiny = new LogLimits(8192, 3 * 8192, 8192);
    ForcedLog full = ForcedLog.open(new SimulatedDisk(), tiny);
    append(full, FILES, "mine");
    List<String> accepted = new ArrayList<>();
    LogFullException e = assertThrows(LogFullException.class, () -> fillUp(full, accepted));
    assertTrue(e.getMessage().contains("participant files holds"), e.getMessage());
    full.force();
    assertEquals(accepted, read(full, TM));
    full.checkpoint(TM, full.forced());
    full.checkpoint(FILES, full.forced());
    full.force();
    append(full, TM, "there is room again");
    full.force();
  }

  private static void fillUp(ForcedLog log, List<String> accepted) {
    for (int i = 0; i < 1000; i++) {
      String text = i + "w".repeat(500);
      append(log, TM, text);
      accepted.add(text);
    }
  }

  @Test
  void aFullDiskRefusesRecordsAndLosesNone() throws IOException {
    disk.capacity(5 * 8192);
    List<String> accepted = new ArrayList<>();
    LogFullException e = assertThrows(LogFullException.class, () -> fillUp(log, accepted));
    assertTrue(e.getMessage().contains("No space left"), e.getMessage());
    log.force();
    log = ForcedLog.open(withoutPower(), SMALL);
    assertEquals(accepted, read(log, TM));
    disk.capacity(Long.MAX_VALUE);
  }

  @Test
  void theFirstFailedForceEndsTheLogThoughTheNextWouldSucceed() throws IOException {
    append(log, TM, "acknowledged");
    long forced = log.force();
    disk.failForceAfter(0);
    append(log, TM, "not acknowledged");
    LogFailedException first = assertThrows(LogFailedException.class, log::force);
    assertTrue(first.getMessage().contains("Input/output error"), first.getMessage());
    assertTrue(first.getMessage().contains(Lsn.text(forced)), first.getMessage());
    assertThrows(LogFailedException.class, log::force);
    append(log, TM, "in memory");
    assertThrows(LogFailedException.class, log::write);
    log.close();
    reopen();
    assertEquals("acknowledged", read(log, TM).get(0));
  }

  @Test
  void aLogOfOtherSizesIsContinued() throws IOException {
    fill(10);
    log.close();
    ForcedLog larger = ForcedLog.open(disk, new LogLimits(65536, 1 << 20, 65536));
    larger.append(TM, ByteBuffer.allocate(16000));
    larger.close();
    reopen();
    assertEquals(11, read(log, TM).size());
  }

  @Test
  void openedManyTimesItGrowsByOneRecordEach() throws IOException {
    for (int i = 0; i < 500; i++) {
      log.close();
      reopen();
    }
    assertTrue(disk.list().size() < 10, () -> disk.list().toString());
  }
}
