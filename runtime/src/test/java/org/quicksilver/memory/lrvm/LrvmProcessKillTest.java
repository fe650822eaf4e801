package org.quicksilver.memory.lrvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.quicksilver.memory.CommitMode;
import org.quicksilver.memory.MemoryTransaction;
import org.quicksilver.memory.Region;
import org.quicksilver.memory.RegionOptions;
import org.quicksilver.memory.RestoreMode;
import org.quicksilver.memory.SegmentRange;

/** A child is killed with SIGKILL; what it had acknowledged is there. No model of a power cut. */
class LrvmProcessKillTest {

  private static final int KILLS = Integer.getInteger("quicksilver.kills", 12);
  private static final long SEED = Long.getLong("quicksilver.seed", System.nanoTime());
  private static final int COPIES = 50;
  private static final int APART = 1_000;

  @TempDir Path directory;

  /** Counts in every copy, in one transaction, and says each number when it is committed. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      Path directory = Path.of(arguments[0]);
      CommitMode mode = CommitMode.valueOf(arguments[1]);
      try (Lrvm memory = Lrvm.initialize(LrvmOptions.of(directory.resolve("log")))) {
        Region region = map(memory, directory);
        for (long number = region.getLong(0) + 1; ; number++) {
          MemoryTransaction transaction = memory.beginTransaction(RestoreMode.NO_RESTORE);
          for (int copy = 0; copy < COPIES; copy++) {
            transaction.setRange(region, copy * APART, 8);
            region.putLong(copy * APART, number);
          }
          transaction.endTransaction(mode);
          System.out.println(number);
        }
      }
    }
  }

  private static Region map(Lrvm memory, Path directory) {
    return memory.map(
        new SegmentRange(directory.resolve("segment"), 0, COPIES * APART),
        RegionOptions.creating());
  }

  @Test
  @Timeout(300)
  void whatWasAcknowledgedIsThereAfterAKill() throws Exception {
    LrvmOptions options = LrvmOptions.of(directory.resolve("log"));
    Lrvm.createLog(options, 300_000, LrvmCallsTest.MODE);
    Random random = new Random(SEED);
    long last = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      CommitMode mode = CommitMode.values()[random.nextInt(2)];
      last = Math.max(last, killOne(mode, random.nextInt(300)));
      try (Lrvm memory = Lrvm.initialize(options)) {
        Region region = map(memory, directory);
        long found = region.getLong(0);
        String what = mode + ", seed " + SEED;
        assertTrue(found == last || found == last + 1, last + " " + found + " " + what);
        for (int copy = 0; copy < COPIES; copy++) {
          assertEquals(found, region.getLong(copy * APART), what);
        }
        last = found;
      }
    }
    assertTrue(last > KILLS, "only " + last);
  }

  private long killOne(CommitMode mode, int millis) throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path") + File.pathSeparator,
                Child.class.getName(),
                directory.toString(),
                mode.name())
            .redirectError(directory.resolve("errors").toFile())
            .start();
    long last = 0;
    try (BufferedReader out = new BufferedReader(new InputStreamReader(child.getInputStream()))) {
      String first = out.readLine();
      assertTrue(first != null, () -> errors());
      last = Long.parseLong(first);
      child.waitFor(millis, TimeUnit.MILLISECONDS);
      child.toHandle().destroyForcibly();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        last = Math.max(last, Long.parseLong(line));
      }
    } finally {
      child.destroyForcibly().waitFor();
    }
    return last;
  }

  private String errors() {
    try {
      return Files.readString(directory.resolve("errors"));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
