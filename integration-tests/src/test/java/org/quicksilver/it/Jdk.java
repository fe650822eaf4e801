package org.quicksilver.it;

import java.nio.file.Path;

/**
 * A JDK to run programs on.
 *
 * @param feature 17, 21, ...
 * @param home its directory
 */
record Jdk(int feature, Path home) {

  Path java() {
    return home.resolve("bin").resolve("java");
  }

  /** As it stands in the name of a test. */
  @Override
  public String toString() {
    return "JDK " + feature;
  }
}
