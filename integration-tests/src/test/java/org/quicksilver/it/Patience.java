package org.quicksilver.it;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.awaitility.core.ConditionFactory;

/**
 * How long a test waits for what must come. Long, for busy machines: only a failure takes that
 * long.
 */
final class Patience {

  static final Duration LONG = Duration.ofSeconds(60);

  private static final Duration LOOK_EVERY = Duration.ofMillis(15);

  private Patience() {}

  /** Waits until something is so; {@code what} says in the message what did not come. */
  static ConditionFactory until(String what) {
    return await(what).atMost(LONG).pollDelay(Duration.ZERO).pollInterval(LOOK_EVERY);
  }

  /** Looks on for a while at what must stay as it is. */
  static ConditionFactory throughout(String what, Duration time) {
    return await(what)
        .during(time)
        .atMost(time.plus(LONG))
        .pollDelay(Duration.ZERO)
        .pollInterval(LOOK_EVERY);
  }
}
