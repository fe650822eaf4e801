package org.quicksilver.it;

import java.nio.file.Path;

/** Where things are: from system properties that the build sets, else as seen from this module. */
final class Places {

  private Places() {}

  /** The distribution. */
  static Path quicksilver() {
    return place("jar", "../agent/target/quicksilver.jar");
  }

  /** The demo programs. */
  static Path legacy() {
    return place("legacy", "../demo-apps/legacy/target/legacy.jar");
  }

  /** The class path of the demo programs that know of us. */
  static String aware() {
    Path jar = place("aware", "../demo-apps/aware/target/aware.jar");
    return jar + ":" + jar.resolveSibling("lib") + "/*";
  }

  /** The README. */
  static Path readme() {
    return place("readme", "../README.md");
  }

  /** The root's {@code pom.xml}. */
  static Path pom() {
    return place("pom", "../pom.xml");
  }

  /** The Maven that builds us. */
  static Path maven() {
    return place("maven", "/usr/share/maven");
  }

  /** Its local repository. */
  static Path repository() {
    return place("repository", System.getProperty("user.home") + "/.m2/repository");
  }

  /** Where the rooms of the tests are. */
  static Path rooms() {
    return place("rooms", "target/h");
  }

  private static Path place(String name, String otherwise) {
    return Path.of(System.getProperty("quicksilver.it." + name, otherwise))
        .toAbsolutePath()
        .normalize();
  }
}
