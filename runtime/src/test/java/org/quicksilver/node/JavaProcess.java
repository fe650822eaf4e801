package org.quicksilver.node;

import java.util.List;

/** How a test starts a class of its own as a process. */
public final class JavaProcess {

  private JavaProcess() {}

  /** The command line of a small JVM with the test's class path. */
  public static List<String> command(Class<?> main, String... arguments) {
    return ForkedJvm.java(main, arguments);
  }
}
