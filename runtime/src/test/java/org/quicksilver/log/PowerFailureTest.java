package org.quicksilver.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicksilver.log.Writings.FILES;
import static org.quicksilver.log.Writings.SMALL;
import static org.quicksilver.log.Writings.TM;
import static org.quicksilver.log.Writings.append;
import static org.quicksilver.log.Writings.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.quicksilver.handle.Seed;

final class PowerFailureTest {

  private static final int RUNS = Integer.getInteger("quicksilver.test.power.failures", 400);

  private static final Logger LOG = Logger.getLogger("org.quicksilver.log");

  /** It says of every torn end that it cuts it off. */
  @BeforeAll
  static void quiet() {
    LOG.setLevel(Level.OFF);
  }

  @AfterAll
  static void loud() {
    LOG.setLevel(null);
  }

  /** All ways to choose, one after another, as the digits of a number. */
  private static final class Choices {
    private final List<int[]> digits = new ArrayList<>();
    private int next;

    int choose(int of) {
      if (next == digits.size()) {
        digits.add(new int[] {0, of});
      }
      return digits.get(next++)[0];
    }

    boolean advance() {
      next = 0;
      for (int i = digits.size() - 1; i >= 0; i--) {
        if (++digits.get(i)[0] < digits.get(i)[1]) {
          return true;
        }
        digits.remove(i);
      }
      return false;
    }
  }

  @Test
  void everyImageOfThreeGroupsIsRecoveredFrom() throws IOException {
    SimulatedDisk disk = new SimulatedDisk();
    ForcedLog log = ForcedLog.open(disk, SMALL);
    List<String> written = new ArrayList<>();
    for (int length : new int[] {300, 0, 700}) {
      written.add("f".repeat(length));
      append(log, TM, "f".repeat(length));
    }
    log.force();
    int forced = written.size();
    for (int length : new int[] {400, 900, 1500}) {
      written.add("g" + "\0".repeat(length));
      append(log, TM, "g" + "\0".repeat(length));
      written.add("h".repeat(length));
      append(log, TM, "h".repeat(length));
      log.write();
    }
    int images = 0;
    Choices choices = new Choices();
    do {
      SimulatedDisk image = disk.afterPowerFailure(choices::choose);
      List<String> found = read(ForcedLog.open(image, SMALL), TM);
      assertTrue(found.size() >= forced && found.size() <= written.size());
      assertEquals(written.subList(0, found.size()), found);
      images++;
    } while (choices.advance());
    assertTrue(images > 400, "images: " + images);
  }

  @Test
  void everyImageAcrossSegmentsIsRecoveredFrom() throws IOException {
    for (int filled = 3; filled < 9; filled++) {
      SimulatedDisk disk = new SimulatedDisk();
      ForcedLog log = ForcedLog.open(disk, new LogLimits(4096, 1 << 20, 16384));
      List<String> written = new ArrayList<>();
      for (int i = 0; i < filled; i++) {
        written.add(i + "s".repeat(470));
        append(log, TM, written.get(i));
      }
      log.write();
      Choices choices = new Choices();
      do {
        SimulatedDisk image = disk.afterPowerFailure(choices::choose);
        List<String> found = read(ForcedLog.open(image, SMALL), TM);
        assertEquals(written.subList(0, found.size()), found);
      } while (choices.advance());
    }
  }

  @Test
  void livesThatEndAtAnyMomentLoseNothingThatWasForced() {
    for (int run = 0; run < RUNS; run++) {
      Seed.run(random -> new Lives(random).run());
    }
  }

  /** A log that loses power again and again, also while it recovers, and what it must have. */
  private static final class Lives {
    private final Random random;
    private final LogLimits limits = new LogLimits(4096, 1 << 20, 8192);
    private final Map<LogParticipant, TreeMap<Long, String>> appended = new HashMap<>();
    private final Map<LogParticipant, TreeSet<Long>> marks = new HashMap<>();
    private SimulatedDisk disk = new SimulatedDisk();
    private long forced = Lsn.NONE;
    private long last = Lsn.NONE;

    Lives(Random random) {
      this.random = random;
      for (LogParticipant each : List.of(TM, FILES)) {
        appended.put(each, new TreeMap<>());
        marks.put(each, new TreeSet<>(List.of(Lsn.NONE)));
      }
    }

    void run() throws IOException {
      for (int life = 0; life < 8; life++) {
        disk.losePowerAfter(random.nextInt(40));
        try {
          ForcedLog log = ForcedLog.open(disk, limits);
          check(log);
          live(log);
        } catch (LogFailedException | SimulatedDisk.PowerLossException e) {
          // It ends here.
        } catch (LogFullException e) {
          assertTrue(e.getCause() instanceof SimulatedDisk.PowerLossException, e.toString());
        }
        disk = disk.afterPowerFailure(random::nextInt);
      }
      ForcedLog log = ForcedLog.open(disk, limits);
      check(log);
      log.close();
      assertEquals(true, LogVerification.of(disk).problem().isEmpty());
    }

    private void live(ForcedLog log) {
      while (true) {
        switch (random.nextInt(8)) {
          case 0 -> forced = log.force();
          case 1 -> log.write();
          case 2 -> checkpoint(log);
          default -> append(log);
        }
      }
    }

    private void append(ForcedLog log) {
      LogParticipant participant = random.nextBoolean() ? TM : FILES;
      String fill = random.nextBoolean() ? "\0" : "q";
      String text = random.nextInt(1000) + fill.repeat(random.nextInt(900));
      long lsn = Writings.append(log, participant, text);
      assertTrue(lsn > last, "a number was given twice");
      last = lsn;
      appended.get(participant).put(lsn, text);
    }

    private void checkpoint(ForcedLog log) {
      LogParticipant participant = random.nextBoolean() ? TM : FILES;
      Map.Entry<Long, String> newest = appended.get(participant).lastEntry();
      if (newest != null && newest.getKey() >= log.lowWater(participant)) {
        marks.get(participant).add(newest.getKey());
        log.checkpoint(participant, newest.getKey());
      }
    }

    private void check(ForcedLog log) throws IOException {
      Map<LogParticipant, TreeMap<Long, String>> found = new HashMap<>();
      long end = forced;
      for (LogParticipant each : appended.keySet()) {
        TreeMap<Long, String> records = new TreeMap<>();
        log.read(each, Lsn.NONE, entry -> records.put(entry.lsn(), Writings.text(entry)));
        found.put(each, records);
        end = records.isEmpty() ? end : Math.max(end, records.lastKey());
      }
      for (LogParticipant each : appended.keySet()) {
        TreeMap<Long, String> all = appended.get(each);
        all.tailMap(end, false).clear();
        marks.get(each).tailSet(end, false).clear();
        long needed = marks.get(each).last();
        assertEquals(all.tailMap(needed), found.get(each).tailMap(needed), "of " + each);
        found.get(each).forEach((lsn, text) -> assertEquals(all.get(lsn), text));
        assertTrue(log.lowWater(each) <= needed);
      }
    }
  }
}
