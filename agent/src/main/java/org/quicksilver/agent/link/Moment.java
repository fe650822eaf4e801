package org.quicksilver.agent.link;

/**
 * A moment on both clocks: for people, and for differences.
 *
 * @param millis milliseconds since 1970
 * @param nanos as {@link System#nanoTime}
 */
record Moment(long millis, long nanos) {

  static Moment now() {
    return new Moment(System.currentTimeMillis(), System.nanoTime());
  }
}
