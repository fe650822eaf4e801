package org.quicksilver.benchmark;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** The Java this runs on, for the programs it starts. */
final class Java {

  private Java() {}

  static String command() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  static String ownClasses() {
    try {
      return Path.of(Java.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
