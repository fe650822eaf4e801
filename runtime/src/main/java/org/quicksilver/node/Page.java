package org.quicksilver.node;

import java.util.List;
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
    for (int i = index(after); i < all.size(); i++) {
      if (!page.add(all.get(i))) {
        page.next(Integer.toString(i));
        return page;
      }
    }
    return page;
  }

  private static int index(@Nullable String after) throws RequestException {
    try {
      return after == null ? 0 : Integer.parseUnsignedInt(after);
    } catch (NumberFormatException e) {
      throw RequestException.badRequest("\"after\" must be what an answer named as \"next\"");
    }
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

  /** Says that there are more, and how to ask for them. */
  void next(String token) {
    next = token;
  }

  /** The answer. */
  String toJson() {
    String rest = next == null ? "" : ",\"next\":" + Json.write(next);
    return "{\"result\":[" + rows + "]" + rest + "}";
  }
}
