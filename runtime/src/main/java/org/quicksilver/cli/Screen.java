package org.quicksilver.cli;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Where a command writes.
 *
 * @param out results
 * @param err messages
 * @param width columns; what is longer is shortened
 * @param lines whether whoever reads it understands box-drawing characters
 * @param clock what ages are told by, and in which zone times are
 */
record Screen(PrintWriter out, PrintWriter err, int width, boolean lines, Clock clock) {

  static final int UNLIMITED = Integer.MAX_VALUE;

  private static final int USUAL_WIDTH = 120;
  private static final int NARROWEST = 40;

  /** The screen of this process. */
  static Screen of(PrintWriter out, PrintWriter err) {
    String charset = System.getProperty("stdout.encoding", System.getProperty("native.encoding"));
    return new Screen(
        out,
        err,
        width(System.getenv("COLUMNS")),
        drawsLines(charset),
        Clock.system(ZoneId.systemDefault()));
  }

  /** How long ago that was. */
  String since(Instant instant) {
    return Age.of(Duration.between(instant, clock.instant()).toMillis());
  }

  static int width(@Nullable String columns) {
    try {
      int width = columns == null ? USUAL_WIDTH : Integer.parseInt(columns.strip());
      return width == 0 ? UNLIMITED : Math.max(NARROWEST, width);
    } catch (NumberFormatException e) {
      return USUAL_WIDTH;
    }
  }

  /** Whether a charset has the characters that trees are drawn with. */
  static boolean drawsLines(@Nullable String charset) {
    try {
      return charset != null
          && Charset.forName(charset).canEncode()
          && Charset.forName(charset).newEncoder().canEncode(ItemTree.LINES);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return false;
    }
  }
}
