package org.quicksilver.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Random schedules of the real core. A failure prints its seed and its steps.
 *
 * <p>{@code mvn test -pl runtime -Dtest=RandomScheduleTest -Dquicksilver.schedules=1000000} for a
 * night; {@code -Dquicksilver.seed=42 -Dquicksilver.schedules=1} for the steps of one seed.
 */
final class RandomScheduleTest {
  private static final int SCHEDULES = Integer.getInteger("quicksilver.schedules", 5_000);
  private static final long FIRST_SEED = Long.getLong("quicksilver.seed", 0);
  private static final int PROGRESS = 50_000;

  @Test
  void propertiesHoldInEverySchedule() {
    Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    for (long seed = FIRST_SEED; seed < FIRST_SEED + SCHEDULES; seed++) {
      Outcome outcome = new Schedule(seed, Mutation.NONE).verify();
      if (outcome != null) {
        outcomes.merge(outcome, 1, Integer::sum);
      }
      report(seed, outcomes);
    }
    assertTrue(
        SCHEDULES < 100
            || outcomes.size() == 2
                && outcomes.values().stream().allMatch(count -> count > SCHEDULES / 10),
        () -> "the schedules are lopsided: " + outcomes);
  }

  private static void report(long seed, Map<Outcome, Integer> outcomes) {
    long done = seed - FIRST_SEED + 1;
    if (SCHEDULES == 1) {
      new Schedule(seed, Mutation.NONE).replay().forEach(System.out::println);
    } else if (done % PROGRESS == 0) {
      System.out.println(done + " schedules up to seed " + seed + ": " + outcomes);
    }
  }

  @Test
  void theSameSeedGivesTheSameSteps() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + 50; seed++) {
      Schedule schedule = new Schedule(seed, Mutation.NONE);
      assertEquals(schedule.replay(), schedule.replay(), "seed " + seed);
    }
  }
}
