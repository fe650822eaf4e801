package org.quicksilver.memory.vista;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.quicksilver.memory.PreparedTransaction;
import org.quicksilver.memory.Region;
import org.quicksilver.memory.vista.Steps.Step;

/**
 * A process crash after every single step of random transactions, and after every single step of
 * the recovery from that: the file cache is copied at each step and opened anew. {@code
 * -Dquicksilver.memory.scripts=N} runs N scripts.
 */
@Timeout(600)
final class VistaProcessCrashStepsTest {

  private static final int ACTIONS = 120;

  /** The death of a process, in the middle of recovery. */
  private static final class Halt extends Error {
    private static final long serialVersionUID = 1;
  }

  /** Dies after a number of steps. */
  private static final class HaltAfter extends Steps {
    private int left;

    HaltAfter(int steps) {
      left = steps;
    }

    @Override
    void done(Step step) {
      if (--left == 0) {
        throw new Halt();
      }
    }
  }

  private final AtomicLong images = new AtomicLong();

  @Test
  void processCrashAfterAnyStepAndAnyStepOfRecoveryKeepsExactlyWhatWasCommitted() {
    Set<Step> seen = new HashSet<>();
    for (long seed = 1; seed <= Long.getLong("quicksilver.memory.scripts", 1); seed++) {
      run(seed, seen);
    }
    assertEquals(Set.of(Step.values()), seen);
    assertTrue(images.get() > 1000, images::toString);
    System.out.println(images + " images of a process crash recovered");
  }

  private void run(long seed, Set<Step> seen) {
    Script[] script = new Script[1];
    script[0] =
        new Script(
            seed,
            step -> {
              seen.add(step);
              if (script[0] != null) {
                check(script[0], "seed " + seed + " after " + step);
              }
            });
    for (int i = 0; i < ACTIONS; i++) {
      script[0].act();
      check(script[0], "seed " + seed + ", action " + i);
    }
  }

  private void check(Script script, String where) {
    for (int steps = 1; recoversThoughHaltedAfter(steps, script, where); steps++) {}
  }

  /** Whether recovery has that many steps. */
  private boolean recoversThoughHaltedAfter(int steps, Script script, String where) {
    MemoryDisk disk = script.disk().afterDeath();
    boolean halted = false;
    try {
      Script.open(disk, new HaltAfter(steps));
    } catch (Halt e) {
      halted = true;
    }
    Vista memory = Script.open(disk.afterDeath(), Steps.UNWATCHED);
    images.incrementAndGet();
    try {
      checkContent(script, memory, where + ", recovery halted after " + steps);
    } finally {
      memory.close();
    }
    return halted;
  }

  private static void checkContent(Script script, Vista memory, String where) {
    Region region = Script.map(memory);
    Set<Integer> undecided = new TreeSet<>();
    Set<Integer> wanted = new TreeSet<>();
    memory.prepared().forEach(each -> undecided.add((int) each.name()[0]));
    for (int territory = 0; territory < Script.TERRITORIES; territory++) {
      assertArrayEquals(script.expected(territory), bytes(region, territory), where);
      if (script.isUndecided(territory)) {
        wanted.add(territory);
      }
    }
    assertEquals(wanted, undecided, where);
    memory.prepared().forEach(PreparedTransaction::abort);
    for (int territory = 0; territory < Script.TERRITORIES; territory++) {
      assertArrayEquals(script.committed(territory), bytes(region, territory), where);
    }
  }

  private static byte[] bytes(Region region, int territory) {
    byte[] bytes = new byte[Script.TERRITORY];
    region.get((long) territory * Script.TERRITORY, bytes);
    return bytes;
  }

  @Test
  void randomOperationsDoWhatAPlainArrayDoes() {
    long seed = System.nanoTime();
    Script script = new Script(seed, step -> {});
    for (int i = 0; i < 20_000; i++) {
      script.act();
      for (int territory = 0; i % 10 == 0 && territory < Script.TERRITORIES; territory++) {
        assertArrayEquals(
            script.now(territory), script.inMemory(territory), "seed " + seed + ", action " + i);
      }
    }
  }
}
