package org.quicksilver.it;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Something to be started in a process of its own. */
interface Program {

  /** Variables by which the environment of the tests could reach into their subjects. */
  List<String> NOT_INHERITED =
      List.of(
          "JAVA_TOOL_OPTIONS",
          "_JAVA_OPTIONS",
          "JDK_JAVA_OPTIONS",
          "MAVEN_OPTS",
          "MAVEN_ARGS",
          "DISPLAY");

  /** Short; part of the names of its output files. */
  String name();

  /** Starts it; its output goes into two files whose names begin so. */
  RunningProgram start(Path outputs) throws IOException;

  /** A process of that command line, without what the environment of the tests could do to it. */
  static ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .keySet()
        .removeIf(
            variable -> variable.startsWith("QUICKSILVER_") || NOT_INHERITED.contains(variable));
    return builder;
  }
}
