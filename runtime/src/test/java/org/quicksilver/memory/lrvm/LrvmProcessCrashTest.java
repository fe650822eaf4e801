package org.quicksilver.memory.lrvm;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The process dies after any write or force, its own and those of a recovery; what it had written
 * is there.
 */
class LrvmProcessCrashTest {

  private static final long SEED = Long.getLong("quicksilver.seed", System.nanoTime());
  private static final int SCRIPTS = Integer.getInteger("quicksilver.scripts", 12);

  private int halts;
  private Throwable failure;

  @Test
  @Timeout(120)
  void whatWasWrittenIsThereWheneverTheProcessHalts() {
    for (long seed = SEED; seed < SEED + SCRIPTS; seed++) {
      CrashDisk disk = new CrashDisk();
      Script script = new Script(seed, disk, false);
      script.open();
      String name = ", seed " + seed;
      disk.watch(operation -> halt(disk, script, operation + name));
      script.run(60);
      disk.watch(operation -> {});
      script.close();
      if (failure != null) {
        throw new AssertionError(failure + name, failure);
      }
    }
    assertTrue(halts > 1000, "only " + halts);
  }

  private void halt(CrashDisk disk, Script script, String when) {
    int durable = script.durable();
    try {
      CrashDisk image = disk.afterProcessCrash();
      image.watch(
          operation -> {
            halts++;
            script.check(image.afterProcessCrash(), durable, "after " + when + ", " + operation);
          });
      halts++;
      script.check(image, durable, "after " + when);
    } catch (IOException | RuntimeException | AssertionError e) {
      failure = failure == null ? new AssertionError("after " + when, e) : failure;
    }
  }
}
