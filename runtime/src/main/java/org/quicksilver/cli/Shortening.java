package org.quicksilver.cli;

/**
 * Text that is too long, cut in the middle: of a path, an endpoint or a class name both ends say
 * most.
 */
final class Shortening {

  private static final String CUT = "...";

  private Shortening() {}

  /** At most that many characters, of which the end gets the greater half. */
  static String middle(String text, int width) {
    if (text.length() <= width) {
      return text;
    }
    if (width <= CUT.length()) {
      return text.substring(0, Math.max(0, width));
    }
    int kept = width - CUT.length();
    int head = kept / 2;
    return text.substring(0, head) + CUT + text.substring(text.length() - (kept - head));
  }

  /** On one line: what would break a table is shown as a question mark. */
  static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints().forEach(c -> line.appendCodePoint(Character.isISOControl(c) ? '?' : c));
    return line.toString();
  }
}
