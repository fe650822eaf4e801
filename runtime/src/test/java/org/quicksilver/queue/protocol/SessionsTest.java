package org.quicksilver.queue.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.quicksilver.queue.protocol.Simulation.Victim;

/**
 * Every message lost, repeated and reordered, everybody killed at every step, the power lost and
 * with it what was not forced, a link lost between two who live: each request happens once or not
 * at all, and once if the client was told so. Longer with {@code -Dquicksilver.schedules=N}.
 */
@Timeout(120)
class SessionsTest {

  private static final int SCHEDULES = Integer.getInteger("quicksilver.schedules", 60);
  private static final int STEPS = 120;

  /** It says of every torn end that it cuts it off. */
  private static final Logger RECOVERY = Logger.getLogger("org.quicksilver.log.LogRecovery");

  @BeforeAll
  static void quiet() {
    RECOVERY.setLevel(Level.OFF);
  }

  @AfterAll
  static void loud() {
    RECOVERY.setLevel(null);
  }

  @Test
  void onAVolatileQueueARequestHappensAtMostOnce() {
    assertTrue(runAll(false) > 0);
  }

  @Test
  void onARecoverableQueueARequestHappensOnceIfItsClientLives() {
    assertTrue(runAll(true) > 0);
  }

  private static long runAll(boolean recoverable) {
    long first = Long.getLong("quicksilver.seed", System.nanoTime());
    long done = 0;
    for (long seed = first; seed < first + SCHEDULES; seed++) {
      for (Victim victim : Victim.values()) {
        for (int at = 0; at < STEPS; at++) {
          Simulation run = new Simulation(seed, recoverable, false);
          run.run(victim, at);
          assertEquals("", run.fault(), "seed " + seed + ", " + victim + " killed at " + at);
          done += run.done();
        }
      }
    }
    return done;
  }

  @Test
  void aServerWithoutItsTableOfDuplicatesIsFound() {
    boolean found = false;
    for (long seed = 1; seed < 500 && !found; seed++) {
      Simulation run = new Simulation(seed, false, true);
      run.run(Victim.NOBODY, 0);
      found = run.fault().contains("happened 2 times");
    }
    assertTrue(found);
  }
}
