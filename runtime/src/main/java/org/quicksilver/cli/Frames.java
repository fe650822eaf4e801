package org.quicksilver.cli;

import java.util.List;

/** Opening stacks as people read them. */
final class Frames {

  private static final List<String> JDK =
      List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "org.quicksilver.agent.");

  private Frames() {}

  /**
   * The innermost frame that is not of the JDK: the line that opened the handle. Empty if no stack
   * was kept.
   */
  static String opener(List<String> stack) {
    for (String frame : stack) {
      if (!isJdk(frame)) {
        return plain(frame);
      }
    }
    return stack.isEmpty() ? "" : plain(stack.get(0));
  }

  private static boolean isJdk(String frame) {
    String plain = plain(frame);
    return JDK.stream().anyMatch(plain::startsWith);
  }

  /** Without {@code at}, module and loader. */
  static String plain(String frame) {
    String text = frame.strip();
    text = text.startsWith("at ") ? text.substring(3) : text;
    int slash = text.lastIndexOf('/', Math.max(0, text.indexOf('(')));
    return text.substring(slash + 1);
  }
}
