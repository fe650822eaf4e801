package org.quicksilver.agent.track;

import org.jspecify.annotations.Nullable;

/** Tells, once, that the descriptors of this process are about to run out. Thread-safe. */
final class DescriptorAlarm {

  // Not volatile: a thread that sees them late leaves the alarm to the next.
  private int from = Integer.MAX_VALUE;
  private @Nullable Runnable told;

  /** From now on somebody is told of a descriptor with that number or a higher one. */
  void set(int number, Runnable whom) {
    told = whom;
    from = number;
  }

  /** A descriptor was opened. */
  void look(int descriptor) {
    Runnable whom = told;
    if (descriptor >= from && whom != null) {
      from = Integer.MAX_VALUE;
      whom.run();
    }
  }
}
