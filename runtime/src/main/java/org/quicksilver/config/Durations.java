package org.quicksilver.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Durations as users write them: {@code 0}, {@code 250ms}, {@code 2s}, {@code 5m}, {@code 1h},
 * {@code 3d}, or ISO-8601.
 */
public final class Durations {

  private static final int MOST_DIGITS = 12;

  /** Beyond it arithmetic in nanoseconds overflows, a little later. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private Durations() {}

  /**
   * Reads a duration, from 0 to a hundred years; a bare number is taken as seconds.
   *
   * @throws IllegalArgumentException if it is none; the message shows the forms
   */
  public static Duration parse(String text) {
    Duration duration = parseAny(text);
    if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
      throw malformed(text, null);
    }
    return duration;
  }

  private static Duration parseAny(String text) {
    String stripped = text.strip().toLowerCase(Locale.ROOT);
    int digits = 0;
    while (digits < stripped.length() && isDigit(stripped.charAt(digits))) {
      digits++;
    }
    boolean isShort = digits > 0 && digits <= MOST_DIGITS;
    Duration duration =
        isShort
            ? of(Long.parseLong(stripped.substring(0, digits)), stripped.substring(digits).strip())
            : null;
    return duration == null ? Iso.parse(text) : duration;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Of its own, for every start of a program reads durations: few are written so. */
  private static final class Iso {
    private Iso() {}

    static Duration parse(String text) {
      try {
        return Duration.parse(text.strip());
      } catch (DateTimeParseException e) {
        throw malformed(text, e);
      }
    }
  }

  private static IllegalArgumentException malformed(String text, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "not a duration: '" + text + "'; write 250ms, 2s, 5m, 1h or 3d, at most 36500d", cause);
  }

  private static @Nullable Duration of(long number, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(number);
      case "", "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      case "d" -> Duration.ofDays(number);
      default -> null;
    };
  }

  /** Writes a duration so that {@link #parse} reads it back: milliseconds, or whole seconds. */
  public static String format(Duration duration) {
    long millis = duration.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }
}
