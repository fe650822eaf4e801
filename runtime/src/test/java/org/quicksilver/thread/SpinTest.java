package org.quicksilver.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SpinTest {

  private final Spin spin = new Spin(0);

  @BeforeEach
  void spinningTakesASecondProcessor() {
    Assumptions.assumeTrue(Runtime.getRuntime().availableProcessors() > 1);
  }

  /** Whether it stayed awake for the next wait. */
  private boolean isAwake(boolean comes) {
    List<Boolean> asked = new ArrayList<>();
    spin.until(
        () -> {
          asked.add(comes);
          return comes;
        });
    return !asked.isEmpty();
  }

  /** How many waits are left out before the next one awake, which is in vain. */
  private int leftOut() {
    int count = 0;
    while (!isAwake(false)) {
      count++;
    }
    return count;
  }

  @Test
  void onceInVainIsForgivenThenMoreAndMoreAreLeftOut() {
    List<Integer> leftOut = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      leftOut.add(leftOut());
    }
    assertEquals(List.of(0, 0, 1, 3, 7, 15, 31, 63, 63), leftOut);
  }

  @Test
  void oneThatCameMakesUpForAll() {
    for (int i = 0; i < 3; i++) {
      leftOut();
    }
    while (!isAwake(true)) {
      // Still left out.
    }
    assertEquals(0, leftOut());
    assertEquals(0, leftOut());
  }

  /** Whether it stayed awake for something that comes 30 ms after it was first asked for. */
  private static boolean isAwakeForLate(Spin spin) {
    List<Long> asked = new ArrayList<>();
    spin.until(
        () -> {
          asked.add(System.nanoTime());
          while (asked.size() > 1
              && System.nanoTime() - asked.get(0) < TimeUnit.MILLISECONDS.toNanos(30)) {
            Thread.onSpinWait();
          }
          return asked.size() > 1;
        });
    return !asked.isEmpty();
  }

  @Test
  void whatComesTooLateCameInVain() {
    Spin brief = new Spin(TimeUnit.MILLISECONDS.toNanos(20));
    assertTrue(isAwakeForLate(brief));
    assertTrue(isAwakeForLate(brief));
    assertFalse(isAwakeForLate(brief));
  }

  @Test
  void whatTheConditionThrowsEndsTheWait() {
    IOException thrown = new IOException("selector closed");
    Spin patient = new Spin(Long.MAX_VALUE);
    IOException caught =
        assertThrows(
            IOException.class,
            () ->
                patient.until(
                    () -> {
                      throw thrown;
                    }));
    assertEquals(thrown, caught);
    assertTrue(isAwake(true));
  }
}
