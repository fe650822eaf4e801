package org.quicksilver.handle;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One line of {@link ScopeRules}.
 *
 * @param text as it was written
 * @param kinds that it is about
 * @param openerOnly whether the frame must be the opener's, see {@link #opener}; otherwise it may
 *     stand anywhere in the stack
 * @param frame beginning of {@code class.method}, or after a star any part of it
 */
record ScopeRule(String text, Set<HandleKind> kinds, boolean openerOnly, String frame) {

  private static final String BY = "by ";

  /** What opens handles only on behalf of its caller. */
  private static final List<String> MACHINERY =
      List.of(
          "java.io.",
          "java.lang.",
          "java.net.",
          "java.nio.",
          "javax.net.",
          "org.quicksilver.agent.",
          "sun.nio.",
          "sun.security.ssl.");

  /**
   * Reads {@code [KIND...: ][by ]FRAME}.
   *
   * @throws IllegalArgumentException if a kind is unknown
   */
  static ScopeRule parse(String line) {
    int colon = line.indexOf(": ");
    Set<HandleKind> kinds = EnumSet.allOf(HandleKind.class);
    if (colon >= 0) {
      kinds =
          Arrays.stream(line.substring(0, colon).strip().split("[, ]+"))
              .map(HandleKind::parse)
              .collect(Collectors.toCollection(() -> EnumSet.noneOf(HandleKind.class)));
    }
    String rest = colon < 0 ? line : line.substring(colon + 1).strip();
    boolean openerOnly = rest.startsWith(BY);
    return new ScopeRule(
        line, kinds, openerOnly, openerOnly ? rest.substring(BY.length()).strip() : rest);
  }

  /**
   * Whose code opened it: the innermost frame that is not of the JDK's channels, streams and
   * sockets themselves, or ours.
   */
  static Optional<String> opener(List<String> stack) {
    return stack.stream().filter(f -> MACHINERY.stream().noneMatch(f::startsWith)).findFirst();
  }

  boolean isAbout(HandleKind kind, String frame, boolean isOpener) {
    return kinds.contains(kind) && (isOpener || !openerOnly) && names(frame);
  }

  private boolean names(String line) {
    return frame.startsWith("*") ? line.contains(frame.substring(1)) : line.startsWith(frame);
  }
}
