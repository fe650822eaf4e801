package org.quicksilver.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The Java this runs on, for the programs it starts. */
public final class Java {

  private Java() {}

  /**
   * A program that runs.
   *
   * @param line by which it said so
   */
  public record Started(Process process, String line) {}

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

  /** Starts a node, with the options with which agents start theirs, and waits until it runs. */
  static Process node(Path agent, Path home, Map<String, String> environment) throws IOException {
    return start(
            "node ready",
            environment,
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-jar",
            agent.toString(),
            "node",
            "--home",
            home.toString())
        .process();
  }

  /**
   * Starts a program and waits until it says that it runs; what it says on standard error is ours.
   *
   * @param ready what the line begins with that says so
   * @param environment beside that of this process
   * @throws IOException if it ends before it has said so
   */
  public static Started start(String ready, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(command()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    Process process = builder.start();
    BufferedReader lines = process.inputReader();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(ready)) {
        return new Started(process, line);
      }
    }
    throw new IOException(String.join(" ", command) + " ended before it said '" + ready + "'");
  }
}
