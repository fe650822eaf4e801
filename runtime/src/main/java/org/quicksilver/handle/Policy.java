package org.quicksilver.handle;

import java.time.Duration;

/**
 * What is to be done with a handle that outlived its transaction. Mechanism is ours, policy is the
 * service's.
 *
 * @param action report it, close it, or say nothing
 * @param leaks whether {@link Action#RECLAIM} covers leaks (the transaction committed) as well as
 *     orphans (it aborted)
 * @param grace how long the application may clean up by itself first. Too small: handles it was
 *     just about to close are reported or closed; too large: orphans stay longer
 */
public record Policy(Action action, boolean leaks, Duration grace) {

  /** How long the application may clean up by itself if nothing else is said. */
  public static final Duration DEFAULT_GRACE = Duration.ofSeconds(2);

  /** Report only. */
  public static final Policy DEFAULT = new Policy(Action.OBSERVE, false, DEFAULT_GRACE);

  /** What is done once the grace is over. */
  public enum Action {
    /** Report it. */
    OBSERVE,
    /** Close it: for a temporary file, delete it; for a child process, kill it. */
    RECLAIM,
    /** Nothing; it is not even reported. */
    IGNORE
  }

  /** Refuses a negative grace. */
  public Policy {
    if (grace.isNegative()) {
      throw new IllegalArgumentException("a grace cannot be negative: " + grace);
    }
  }

  /** Whether a handle under this policy is closed when its transaction ended that way. */
  public boolean reclaims(boolean aborted) {
    return action == Action.RECLAIM && (aborted || leaks);
  }
}
