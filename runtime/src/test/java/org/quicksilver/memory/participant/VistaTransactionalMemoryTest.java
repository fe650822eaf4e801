package org.quicksilver.memory.participant;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.quicksilver.memory.Durability;

/** The same with the memory of Vista, whose promises survive the death of the process. */
final class VistaTransactionalMemoryTest extends TransactionalMemoryTest {

  @Override
  MemoryEngine engine() {
    return MemoryEngine.VISTA;
  }

  @Test
  void voteSaysThatItSurvivesTheProcessAndNotThePower() {
    assertEquals(Durability.PROCESS_CRASH, durabilityOfTheVote());
  }
}
