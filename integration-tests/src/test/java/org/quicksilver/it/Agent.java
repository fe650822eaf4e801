package org.quicksilver.it;

import java.nio.file.Path;

/**
 * The {@code -javaagent} option with its arguments.
 *
 * @param home home directory
 * @param options further {@code key=value}, separated by commas
 */
record Agent(Path home, String options) {

  /** Without a node. */
  static Agent alone(Path home) {
    return new Agent(home, "node=off");
  }

  /** With a node, started by the first agent of the home. */
  static Agent linked(Path home) {
    return new Agent(home, "node=auto");
  }

  Agent with(String option) {
    return new Agent(home, options + "," + option);
  }

  String jvmOption() {
    return "-javaagent:" + Places.quicksilver() + "=home=" + home + "," + options;
  }
}
