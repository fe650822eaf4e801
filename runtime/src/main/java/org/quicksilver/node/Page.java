package org.quicksilver.node;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * As many rows as go into one answer, and how to ask for those behind them: {@code {"result":
 * [...], "next": ...}}. What is next is named as {@code after} in the next request. So no answer is
 * too long for a frame or for the heap, and others get their turn in between.
 *
 * <p>Not thread-safe.
 */
final class Page {

  /** A frame holds four times as many bytes, for the longest characters and one row more. */
  private static final int MOST_CHARACTERS = 2 << 20;

  private final StringBuilder rows = new StringBuilder();
  private @Nullable String next;

  /**
   * Those of a list that are behind the ones of former pages.
   *
   * @param after what the last page named as next; null for the first
   * @throws RequestException if no page said so
   */
  static Page of(List<?> all, @Nullable String after) throws RequestException {
    Page page = new Page();
    for (long i = position(after, 1)[0]; i < all.size(); i++) {
      if (!page.add(all.get((int) i))) {
        page.next(i);
        return page;
      }
    }
    return page;
  }

  /**
   * Where the page before ended, in as many numbers as {@link #next} was told.
   *
   * @param after what it named as next; null for zeros, where all begins
   * @throws RequestException if no page said so
   */
  static long[] position(@Nullable String after, int length) throws RequestException {
    if (after == null) {
      return new long[length];
    }
    try {
      long[] position =
          Stream.of(after.split(":", -1)).mapToLong(Long::parseUnsignedLong).toArray();
      if (position.length == length && LongStream.of(position).allMatch(number -> number >= 0)) {
        return position;
      }
    } catch (NumberFormatException e) {
      // As below.
    }
    throw RequestException.badRequest("\"after\" must be what an answer named as \"next\"");
  }

  /**
   * Adds a row. The first always fits.
   *
   * @return false if there is no room: then it was not added
   */
  boolean add(Object row) {
    if (rows.length() >= MOST_CHARACTERS) {
      return false;
    }
    if (!rows.isEmpty()) {
      rows.append(',');
    }
    rows.append(Json.write(row));
    return true;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Says that there are more, and behind which position. */
  void next(long... position) {
    next = LongStream.of(position).mapToObj(Long::toString).collect(Collectors.joining(":"));
  }

  /** The answer. */
  String toJson() {
    String rest = next == null ? "" : ",\"next\":" + Json.write(next);
    return "{\"result\":[" + rows + "]" + rest + "}";
  }
}
