package org.quicksilver.agent.link;

/**
 * Whether a thread is inside a read or write of a {@code java.io} file. Closing one then is a race
 * for its descriptor number. Costs a safepoint, and is asked only before such a file is reclaimed.
 */
final class InsideFiles {

  private InsideFiles() {}

  static boolean anyThread() {
    for (StackTraceElement[] stack : Thread.getAllStackTraces().values()) {
      if (stack.length > 0 && isFile(stack[0])) {
        return true;
      }
    }
    return false;
  }

  private static boolean isFile(StackTraceElement top) {
    return top.isNativeMethod()
        && (top.getClassName().equals("java.io.FileInputStream")
            || top.getClassName().equals("java.io.FileOutputStream")
            || top.getClassName().equals("java.io.RandomAccessFile"));
  }
}
