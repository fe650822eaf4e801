package org.quicksilver.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogKillTest {

  private static final int ROUNDS = Integer.getInteger("quicksilver.test.kills", 6);

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final TreeMap<Long, String> acknowledged = new TreeMap<>();
  private long last;

  @TempDir Path temporary;

  @Test
  void killedAtAnyMomentItHasEverythingAcknowledged() throws Exception {
    Path directory = temporary.resolve("log");
    for (int round = 1; round <= ROUNDS; round++) {
      killOne(directory, round);
      String where = "seed " + seed + ", round " + round;
      try (LogManager log = LogManager.open(DirectoryStorage.of(directory), LogChild.LIMITS)) {
        for (int thread = 0; thread < LogChild.THREADS; thread++) {
          hasAll(log, thread, where);
        }
        long next = log.append(LogChild.participant(0), LogChild.text(0).getBytes());
        assertTrue(next > last, where);
        last = next;
      }
      assertEquals(
          Optional.empty(),
          LogVerification.of(DirectoryStorage.readOnly(directory)).problem(),
          where);
    }
  }

  private void killOne(Path directory, int round) throws IOException, InterruptedException {
    int lines = round == 2 ? 0 : random.nextInt(4000);
    Process child = LogChild.start(directory, round);
    try (BufferedReader reader = child.inputReader()) {
      assertEquals("ready", reader.readLine(), () -> "seed " + seed);
      for (int i = 0; i < lines; i++) {
        acknowledge(reader.readLine());
      }
      child.toHandle().destroyForcibly();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        acknowledge(line);
      }
    }
    assertEquals(137, child.waitFor());
  }

  /** The last line may be cut off. */
  private void acknowledge(String line) {
    String[] words = line.split(" ");
    if (words.length == 4) {
      long lsn = Long.parseLong(words[2]);
      acknowledged.put(lsn, words[0] + " " + LogChild.text(Integer.parseInt(words[1])));
      last = Math.max(last, lsn);
    }
  }

  private void hasAll(LogManager log, int thread, String where) throws IOException {
    LogParticipant participant = LogChild.participant(thread);
    long from = log.lowWater(participant);
    TreeMap<Long, String> found = new TreeMap<>();
    log.read(participant, from, e -> found.put(e.lsn(), thread + " " + Writings.text(e)));
    acknowledged
        .tailMap(from)
        .forEach(
            (lsn, text) -> {
              if (text.startsWith(thread + " ")) {
                assertEquals(text, found.get(lsn), where + ", " + Lsn.text(lsn));
              }
            });
  }
}
