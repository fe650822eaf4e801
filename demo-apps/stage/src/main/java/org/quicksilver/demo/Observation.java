package org.quicksilver.demo;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What was seen in one run.
 *
 * @param before what each server held while the clients were there
 * @param after what it held at the end
 * @param time from the kill to the end
 * @param broken promises that were broken on the way, in words
 */
record Observation(
    Map<Server, Held> before, Map<Server, Held> after, Duration time, List<String> broken) {

  /** What all servers together held before the kill. */
  Held total() {
    return total(before);
  }

  static Held total(Map<Server, Held> held) {
    return held.values().stream().reduce(Held.NOTHING, Held::plus);
  }
}
