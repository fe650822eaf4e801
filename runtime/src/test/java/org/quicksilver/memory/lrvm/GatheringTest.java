package org.quicksilver.memory.lrvm;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever is waited for without end hangs. */
@Timeout(60)
final class GatheringTest {

  private final Gathering gathering = new Gathering();

  private void come(int callers) {
    for (int i = 0; i < callers; i++) {
      gathering.came();
    }
  }

  private void group() {
    gathering.await();
    gathering.take();
    gathering.forced();
  }

  @Test
  void whoDoesNotComeAgainIsNotWaitedForWithoutEnd() {
    for (int round = 0; round < 100; round++) {
      come(16);
      group();
      come(1);
      group();
    }
  }

  @Test
  void nobodyIsWaitedForWhenNobodyHasCome() {
    come(16);
    group();
    for (int i = 0; i < 100_000; i++) {
      group();
    }
  }
}
