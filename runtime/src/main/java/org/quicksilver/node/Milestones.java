package org.quicksilver.node;

/**
 * When a transaction reached what, on this node.
 *
 * @param beganAtMillis when this node first knew it, milliseconds since 1970; 0 if it was rebuilt
 *     from the log, which does not say
 * @param doubtSinceMillis since when it is in doubt; 0 if it is not
 * @param beganNanos the former by {@link System#nanoTime}; 0 if that was in an earlier life of this
 *     node
 * @param endingNanos when its end was asked for, or the vote; 0 before, or if that was in an
 *     earlier life
 */
record Milestones(long beganAtMillis, long doubtSinceMillis, long beganNanos, long endingNanos) {

  /** Of one that was rebuilt. */
  static final Milestones UNKNOWN = new Milestones(0, 0, 0, 0);

  static Milestones stored(long beganAtMillis, long doubtSinceMillis) {
    return new Milestones(beganAtMillis, doubtSinceMillis, 0, 0);
  }

  static Milestones begun(long nowMillis) {
    return new Milestones(nowMillis, 0, System.nanoTime(), 0);
  }

  Milestones inDoubt(boolean isInDoubt, long nowMillis) {
    if (isInDoubt == doubtSinceMillis > 0) {
      return this;
    }
    return new Milestones(beganAtMillis, isInDoubt ? nowMillis : 0, beganNanos, endingNanos);
  }

  Milestones ending() {
    return new Milestones(beganAtMillis, doubtSinceMillis, beganNanos, System.nanoTime());
  }
}
