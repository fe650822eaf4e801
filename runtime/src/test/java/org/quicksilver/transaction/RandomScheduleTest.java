package org.quicksilver.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Random schedules of the real core: three to five nodes with their processes, the real log on
 * disks that lose what was not forced, one thread, one seed. Messages are lost, duplicated, delayed
 * and reordered, and delivered though their sender hears that they were not; links are cut and
 * mended; nodes die between any two actions, lose power, and are taken for dead and are not; the
 * coordinator's role and ownership move; operators resolve; some transactions are decided in a
 * replicated log. A failure prints its seed and its steps.
 *
 * <p>{@code mvn test -pl runtime -Dtest=RandomScheduleTest -Dquicksilver.schedules=1000000} for a
 * night; {@code -Dquicksilver.seed=42 -Dquicksilver.schedules=1} for the steps of one seed.
 *
 * <p>Checked, by the names of transaction-manager.md, in every step unless said otherwise:
 *
 * <ul>
 *   <li>S1 no two learn different outcomes; S4 none changes its own ({@link Checker}, {@link
 *       StepRules})
 *   <li>S2 commit only if every two-phase participant voted for it; S3 abort only with a cause
 *   <li>S5 committed means durable, in the forced log or the replicated one, before the owner hears
 *   <li>S6 nobody answers abort of what is committed; S17 nobody passes an operator's word on as
 *       the truth, and at the end all damage is reported ({@link SendRules}, {@link Checker})
 *   <li>S7 the root forgets when nobody is in doubt; S10 who is prepared decides by the word of
 *       others only; S11 re-joining only before the decision
 *   <li>S8 who waits hangs on the tree of primary superiors, when the outcome is first learned
 *   <li>S9 what is left of an earlier life changes nothing ({@link NodeInbox#receiveGhost})
 *   <li>S12 each is told as its class says, delayed ones last; at the end, exactly so ({@link
 *       Liveness})
 *   <li>S15 who joined under a provisional name is told once, under the final one ({@link
 *       SimulatedProcess#join}); of handles, it is the agent's
 *   <li>S16 one coordinator at a time; likewise one owner
 *   <li>L1 all end, everybody is told; L2 also if the first node never returns, when the role has
 *       moved or a replicated log decides; L4 logs and tables are empty; L5 the falsely suspected
 *       learn it ({@link Liveness}); L3 the owner's death aborts in the same step
 * </ul>
 *
 * <p>Elsewhere: S13 (no orphan) and S14 (no wrongful reclaim) are properties of the handles, S18
 * (at most once) of the service queues.
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
