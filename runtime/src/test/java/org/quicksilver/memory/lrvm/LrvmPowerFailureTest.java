package org.quicksilver.memory.lrvm;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The power fails after any write or force, and of what was not forced any subset of sectors is
 * there. As many images as {@code quicksilver.images} says; {@code quicksilver.seed} repeats a run.
 */
class LrvmPowerFailureTest {

  private static final int IMAGES = Integer.getInteger("quicksilver.images", 105_000);
  private static final long SEED = Long.getLong("quicksilver.seed", System.nanoTime());
  private static final int STEPS = 40;
  private static final int EACH_TIME = 6;

  private int images;
  private Throwable failure;

  @Test
  @Timeout(600)
  void somePrefixOfTheCommitsIsThereWheneverThePowerFails() {
    for (long seed = SEED; images < IMAGES * 2 / 3; seed++) {
      run(seed, EACH_TIME, 0);
    }
    System.out.println(images + " crash images, seed " + SEED);
  }

  @Test
  @Timeout(600)
  void itMayFailAgainWhileRecoveryIsAtWork() {
    for (long seed = SEED; images < IMAGES / 3; seed++) {
      run(seed, 1, 2);
    }
    System.out.println(images + " crash images within recovery, seed " + SEED);
  }

  private void run(long seed, int eachTime, int within) {
    CrashDisk disk = new CrashDisk();
    Script script = new Script(seed, disk, true);
    script.open();
    Random random = new Random(seed);
    disk.watch(
        operation -> {
          if (failure == null) {
            look(disk, script, random, eachTime, within, operation + ", seed " + seed);
          }
        });
    script.run(STEPS);
    disk.watch(operation -> {});
    script.close();
    if (failure != null) {
      throw new AssertionError("seed " + seed, failure);
    }
  }

  private void look(
      CrashDisk disk, Script script, Random random, int eachTime, int within, String when) {
    int durable = script.durable();
    try {
      for (int i = disk.hasUnforced() ? eachTime : 1; i > 0; i--) {
        CrashDisk image = disk.afterPowerFailure(random, keep(random));
        if (within > 0) {
          image.watch(
              operation ->
                  again(image, script, random, durable, within, when + ", then " + operation));
        }
        images++;
        script.check(image, durable, "after " + when);
      }
    } catch (IOException | RuntimeException | AssertionError e) {
      failure = new AssertionError("after " + when, e);
    }
  }

  private void again(
      CrashDisk disk, Script script, Random random, int durable, int times, String when)
      throws IOException {
    for (int i = 0; i < times; i++) {
      images++;
      script.check(disk.afterPowerFailure(random, keep(random)), durable, "after " + when);
    }
  }

  private static int keep(Random random) {
    int[] choices = {0, 50, 50, 90, 100};
    return choices[random.nextInt(choices.length)];
  }
}
