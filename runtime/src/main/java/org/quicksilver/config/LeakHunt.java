package org.quicksilver.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How leaks are looked for, beyond what outlives its transaction.
 *
 * @param depth how many frames of an opening stack are kept. Too small: the line that opened the
 *     handle is not among them; the cost of recording is the same for any
 * @param sample of how many handles one has its stack recorded; 1 for all. Too large: the stack of
 *     a rare leak is missing
 * @param budget how much of a thread's time may go into stacks of files that it closes before it
 *     opens the next, in percent; 100 is no limit. Too small: where very many files are opened,
 *     some have only the stack of one that their thread opened before
 * @param closings whether the stack of who closes a handle is recorded, too
 * @param ages by kind of handle, how long one may be open; a star is for all other kinds. Too
 *     small: handles that are used for long are reported
 * @param counts by kind of handle, how many may be open at a time
 */
public record LeakHunt(
    int depth,
    int sample,
    int budget,
    boolean closings,
    Map<String, Duration> ages,
    Map<String, Integer> counts) {

  /**
   * How the note of a report begins that was made for the age of a handle, whatever became of its
   * transaction; the age follows.
   */
  public static final String OPEN_FOR_MORE_THAN = "open for more than ";

  /** The kind that stands for all others. */
  public static final String ANY = "*";

  /** All stacks, whole, and no thresholds. */
  public static final LeakHunt DEFAULT =
      new LeakHunt(Integer.MAX_VALUE, 1, 10, false, Map.of(), Map.of());

  /** Copies the maps. */
  public LeakHunt {
    ages = Map.copyOf(ages);
    counts = Map.copyOf(counts);
  }

  /** Whether anything is to be looked for. */
  public boolean hasThresholds() {
    return !ages.isEmpty() || !counts.isEmpty();
  }

  /**
   * Reads {@code kind:age;kind:age...}.
   *
   * @throws IllegalArgumentException if it is not of that form
   */
  static Map<String, Duration> ages(String text) {
    Map<String, Duration> ages = new LinkedHashMap<>();
    entries(text).forEach((kind, value) -> ages.put(kind, Durations.parse(value)));
    return ages;
  }

  /**
   * Reads {@code kind:number;kind:number...}.
   *
   * @throws IllegalArgumentException if it is not of that form
   */
  static Map<String, Integer> counts(String text) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    entries(text).forEach((kind, value) -> counts.put(kind, positive(value)));
    return counts;
  }

  /**
   * Reads a number from 1.
   *
   * @throws IllegalArgumentException if it is none
   */
  static int positive(String text) {
    int number = Integer.parseInt(text);
    if (number < 1) {
      throw new IllegalArgumentException("must be 1 at least: " + text);
    }
    return number;
  }

  /**
   * Reads a number from 1 to 100.
   *
   * @throws IllegalArgumentException if it is none
   */
  static int percent(String text) {
    int number = positive(text);
    if (number > 100) {
      throw new IllegalArgumentException("must be 100 at most: " + text);
    }
    return number;
  }

  private static Map<String, String> entries(String text) {
    Map<String, String> entries = new LinkedHashMap<>();
    for (String entry : text.split(";")) {
      int colon = entry.indexOf(':');
      if (colon > 0) {
        entries.put(entry.substring(0, colon).strip(), entry.substring(colon + 1).strip());
      } else if (!entry.isBlank()) {
        throw new IllegalArgumentException("not of the form kind:value: " + entry);
      }
    }
    return entries;
  }
}
