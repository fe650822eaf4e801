package org.quicksilver.log;

import java.util.logging.Level;
import java.util.logging.Logger;
import net.openhft.chronicle.core.Jvm;
import net.openhft.chronicle.core.onoes.ExceptionHandler;
import net.openhft.posix.internal.PosixAPIHolder;

/**
 * Loads Chronicle into this process such that it stays silent and to itself: no banner, no usage
 * figures, no native library, no properties file from the working directory.
 */
final class ChronicleRuntime {

  /** Held, because the log manager keeps loggers only weakly, and their levels with them. */
  private static final Logger CHRONICLE = Logger.getLogger("net.openhft");

  private static final String ANALYTICS_OFF = "chronicle.analytics.disable";
  private static final String PROPERTIES_FILE = "system.properties";

  static {
    CHRONICLE.setLevel(Level.OFF);
    UnsafeWarnings.silence();
    if (System.getProperty(ANALYTICS_OFF) == null) {
      System.setProperty(ANALYTICS_OFF, "true");
    }
    PosixAPIHolder.useNoOpPosixApi();
    withoutPropertiesFile(Jvm::init);
    ExceptionHandler silent = ExceptionHandler.ignoresEverything();
    Jvm.setExceptionHandlers(silent, silent, silent, silent);
  }

  private ChronicleRuntime() {}

  /** Loads it; cheap after the first time. */
  static void load() {
    CHRONICLE.setLevel(Level.OFF);
  }

  /**
   * Chronicle adds {@code system.properties} and {@code ../system.properties} to those of the JVM
   * if it finds them.
   */
  private static void withoutPropertiesFile(Runnable action) {
    String before = System.getProperty(PROPERTIES_FILE);
    System.setProperty(PROPERTIES_FILE, "quicksilver/none");
    try {
      action.run();
    } finally {
      if (before == null) {
        System.clearProperty(PROPERTIES_FILE);
      } else {
        System.setProperty(PROPERTIES_FILE, before);
      }
    }
  }
}
