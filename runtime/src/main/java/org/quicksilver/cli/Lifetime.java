package org.quicksilver.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** How long a handle that was reported has been open. */
final class Lifetime {

  /** What outlives its JVM. */
  private static final Set<String> LEFT_BEHIND = Set.of("temp-file", "process");

  private Lifetime() {}

  /**
   * From when it was opened to now, or to when its JVM ended and took it along; if that is not
   * known, to now. Empty if nobody knows when it was opened.
   */
  static Optional<Duration> of(Row handle, Instant now) {
    Optional<Instant> end = handle.instant("jvmEndedAt");
    boolean isClosed = end.isPresent() && !LEFT_BEHIND.contains(handle.word("kind"));
    return handle
        .instant("openedAt")
        .map(openedAt -> Duration.between(openedAt, isClosed ? end.get() : now));
  }
}
