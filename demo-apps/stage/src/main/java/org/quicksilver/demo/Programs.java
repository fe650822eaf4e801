package org.quicksilver.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the legacy programs are started.
 *
 * @param jar theirs
 * @param javaAgent the one argument that is the difference between the two runs
 */
record Programs(Path jar, Optional<String> javaAgent) {
  /** The {@code java} that runs the demo runs everything in it. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** The file, absolute, if it is there. */
  static Path require(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new DemoException("no such file: " + file + " (mvn -DskipTests package makes it)");
    }
    return file.toAbsolutePath().normalize();
  }

  List<String> command(String program, String... arguments) {
    List<String> command = new ArrayList<>(List.of(java()));
    javaAgent.ifPresent(command::add);
    command.addAll(List.of("-cp", jar.toString(), "legacy." + program));
    command.addAll(List.of(arguments));
    return command;
  }
}
