package org.quicksilver.transaction;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The simulator finds each {@link Mutation}, and nothing where none is planted. */
final class PlantedBugTest {
  private static final int SCHEDULES = 20_000;

  @ParameterizedTest
  @EnumSource(value = Mutation.class, mode = Mode.EXCLUDE, names = "NONE")
  void isFoundBySomeSchedule(Mutation mutation) {
    Schedule found = null;
    for (long seed = 0; seed < SCHEDULES && found == null; seed++) {
      Schedule schedule = new Schedule(seed, mutation);
      found = schedule.complaint() == null ? null : schedule;
    }
    assertNotNull(found, () -> mutation + " was not found in " + SCHEDULES + " schedules");
    assertNull(new Schedule(found.seed(), Mutation.NONE).complaint(), "without the bug");
  }
}
