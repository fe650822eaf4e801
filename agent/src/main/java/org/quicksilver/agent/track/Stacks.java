package org.quicksilver.agent.track;

/**
 * Turns recorded stacks into text. Done when somebody reads it or in the background, never where a
 * handle is opened.
 */
public final class Stacks {

  private static volatile int deepest = Integer.MAX_VALUE;

  private Stacks() {}

  /** At most so many frames of each from now on. */
  public static void limit(int frames) {
    deepest = frames;
  }

  /** One frame a line, innermost first, without the frames of the agent. */
  public static String render(Throwable recorded) {
    StringBuilder text = new StringBuilder(1024);
    int left = deepest;
    for (StackTraceElement frame : recorded.getStackTrace()) {
      if (!isOurs(frame.getClassName()) && left-- > 0) {
        if (!text.isEmpty()) {
          text.append('\n');
        }
        append(text, frame);
      }
    }
    return text.toString();
  }

  private static void append(StringBuilder text, StackTraceElement frame) {
    text.append(frame.getClassName()).append('.').append(frame.getMethodName()).append('(');
    if (frame.isNativeMethod()) {
      text.append("Native Method");
    } else if (frame.getFileName() == null) {
      text.append("Unknown Source");
    } else {
      text.append(frame.getFileName());
      if (frame.getLineNumber() >= 0) {
        text.append(':').append(frame.getLineNumber());
      }
    }
    text.append(')');
  }

  private static boolean isOurs(String className) {
    return className.startsWith("org.quicksilver.agent.track.")
        || className.endsWith(".QuicksilverBridge");
  }
}
