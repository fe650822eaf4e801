package org.quicksilver.node;

import java.time.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Stops a node that nobody has needed for some time. Node thread only. */
final class Linger {

  private final Duration linger;
  private final BooleanSupplier isNeeded;
  private final Clock clock;
  private final NodeLog log;
  private final Runnable stop;
  private long neededMillis;

  /**
   * Begins to count.
   *
   * @param linger how long it may be idle; zero for ever
   * @param isNeeded whether there are JVMs, or work under way
   * @param stop what is done about it
   */
  Linger(Duration linger, BooleanSupplier isNeeded, Clock clock, NodeLog log, Runnable stop) {
    this.linger = linger;
    this.isNeeded = isNeeded;
    this.clock = clock;
    this.log = log;
    this.stop = stop;
    this.neededMillis = clock.millis();
  }

  void look() {
    if (linger.isZero() || isNeeded.getAsBoolean()) {
      neededMillis = clock.millis();
    } else if (clock.millis() - neededMillis >= linger.toMillis()) {
      log.info("nobody has needed this node for " + linger);
      neededMillis = clock.millis();
      stop.run();
    }
  }
}
