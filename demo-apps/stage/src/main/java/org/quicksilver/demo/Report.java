package org.quicksilver.demo;

import java.time.Duration;
import java.util.Locale;

/** What the user of the demo reads. */
final class Report {
  private final boolean verbose;

  Report(boolean verbose) {
    this.verbose = verbose;
  }

  void heading(String text) {
    System.out.println();
    System.out.println(text);
    System.out.println("-".repeat(text.length()));
  }

  void line(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }

  /** A text of several lines, indented. */
  void block(String text) {
    text.lines().forEach(line -> System.out.println("    " + line));
  }

  /** Only for those who asked for it. */
  void detail(String format, Object... arguments) {
    if (verbose) {
      line("  | " + format, arguments);
    }
  }

  void error(String message) {
    System.err.println("demo: " + message);
  }

  /** A time as people write it: {@code 12.3 ms}, {@code 5.0 s}. */
  static String time(Duration duration) {
    double millis = duration.toNanos() / 1e6;
    return millis < 1000
        ? String.format(Locale.ROOT, "%.1f ms", millis)
        : String.format(Locale.ROOT, "%.1f s", millis / 1000);
  }
}
