package org.quicksilver.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Durations as users write them: {@code 0}, {@code 250ms}, {@code 2s}, {@code 5m}, {@code 1h},
 * {@code 3d}, or ISO-8601.
 */
public final class Durations {

  private static final Pattern SHORT = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d)?");

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
    Matcher matcher = SHORT.matcher(stripped);
    if (matcher.matches()) {
      return of(
          Long.parseLong(matcher.group(1)), matcher.group(2) == null ? "s" : matcher.group(2));
    }
    try {
      return Duration.parse(stripped);
    } catch (DateTimeParseException e) {
      throw malformed(text, e);
    }
  }

  private static IllegalArgumentException malformed(String text, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "not a duration: '" + text + "'; write 250ms, 2s, 5m, 1h or 3d, at most 36500d", cause);
  }

  private static Duration of(long number, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      case "d" -> Duration.ofDays(number);
      default -> Duration.ofSeconds(number);
    };
  }

  /** Writes a duration so that {@link #parse} reads it back: milliseconds, or whole seconds. */
  public static String format(Duration duration) {
    long millis = duration.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }
}
