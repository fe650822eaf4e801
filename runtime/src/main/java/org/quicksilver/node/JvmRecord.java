package org.quicksilver.node;

/**
 * What the store keeps of a JVM, and all that is left of a dead one.
 *
 * @param incarnation of the process
 * @param pid process ID
 * @param startMark see {@link ProcessTable#startMark}
 * @param startedAtMillis when it started, milliseconds since 1970
 * @param command command line
 * @param leaving whether it left in order
 * @param diedAtMillis when it was found dead, milliseconds since 1970; 0 while it lives
 */
record JvmRecord(
    int incarnation,
    long pid,
    long startMark,
    long startedAtMillis,
    String command,
    boolean leaving,
    long diedAtMillis) {

  static JvmRecord living(Jvm jvm) {
    return dead(jvm, 0);
  }

  static JvmRecord dead(Jvm jvm, long diedAtMillis) {
    return new JvmRecord(
        jvm.incarnation(),
        jvm.pid(),
        jvm.startMark(),
        jvm.startedAtMillis(),
        jvm.command(),
        jvm.isLeaving(),
        diedAtMillis);
  }

  boolean isDead() {
    return diedAtMillis != 0;
  }
}
