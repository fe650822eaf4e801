package org.quicksilver.agent.track;

/** Whether an archive is opened by the JVM's own class loaders: their JARs are nobody's handles. */
final class ClassPath {

  private static final String[] LOADERS = {
    "jdk.internal.loader.BuiltinClassLoader",
    "jdk.internal.loader.BootLoader",
    "jdk.internal.loader.ClassLoaders",
  };

  private ClassPath() {}

  /** Whether one of those loaders is in a stack; a few microseconds, where opening takes fifty. */
  static boolean isOpening(Throwable stack) {
    for (StackTraceElement frame : stack.getStackTrace()) {
      for (String loader : LOADERS) {
        if (frame.getClassName().startsWith(loader)) {
          return true;
        }
      }
    }
    return false;
  }
}
