package org.quicksilver.agent.track;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns recorded stacks into text. Done when somebody reads it or in the background, not where a
 * handle is opened; but a connection made while a transaction is served is judged by its stack at
 * once, see {@link ConnectionTracker#connecting}.
 */
public final class Stacks {

  private static volatile int deepest = Integer.MAX_VALUE;

  /** Of so many different ones each is kept once; more there are in programs that make code. */
  private static final int MOST_TEXTS = 1024;

  private static final Map<Frames, String> TEXTS = new HashMap<>();

  private Stacks() {}

  private record Frames(StackTraceElement[] frames, boolean areFormer) {
    @Override
    public int hashCode() {
      return Arrays.hashCode(frames);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Frames same
          && areFormer == same.areFormer
          && Arrays.equals(frames, same.frames);
    }
  }

  /** At most so many frames of each from now on. */
  public static void limit(int frames) {
    deepest = frames;
  }

  /**
   * One frame a line, innermost first, without the frames of the agent. The same text for equal
   * ones: many handles are opened at few places, and to compare frames is cheaper than to write
   * them down.
   */
  public static String render(Throwable recorded) {
    Frames frames = new Frames(recorded.getStackTrace(), recorded instanceof FormerStack);
    synchronized (TEXTS) {
      String known = TEXTS.get(frames);
      if (known == null) {
        if (TEXTS.size() == MOST_TEXTS) {
          TEXTS.clear();
        }
        known = text(frames);
        TEXTS.put(frames, known);
      }
      return known;
    }
  }

  private static String text(Frames frames) {
    StringBuilder text = new StringBuilder(1024);
    if (frames.areFormer) {
      text.append(FormerStack.MARK);
    }
    int left = deepest;
    for (StackTraceElement frame : frames.frames) {
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
