package org.quicksilver.cli;

/**
 * How long something lasts, in its two greatest units: {@code 350ms}, {@code 2m10s}, {@code 3d4h}.
 */
final class Age {

  private static final long SECOND = 1000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private Age() {}

  static String of(long millis) {
    if (millis < SECOND) {
      return Math.max(0, millis) + "ms";
    }
    if (millis < 10 * SECOND) {
      return millis / SECOND + "." + millis % SECOND / 100 + "s";
    }
    if (millis < MINUTE) {
      return millis / SECOND + "s";
    }
    if (millis < HOUR) {
      return two(millis, MINUTE, "m", SECOND, "s");
    }
    return millis < DAY ? two(millis, HOUR, "h", MINUTE, "m") : two(millis, DAY, "d", HOUR, "h");
  }

  private static String two(long millis, long unit, String name, long small, String smallName) {
    long rest = millis % unit / small;
    return millis / unit + name + (rest == 0 ? "" : rest + smallName);
  }
}
