package org.quicksilver.it;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * An X display that nobody sees. Where there is no Xvfb, or a JDK without windows, the test is
 * skipped and says so.
 */
final class Display {

  private static final class Xvfb implements Program {
    @Override
    public String name() {
      return "Xvfb";
    }

    @Override
    public RunningProgram start(Path outputs) throws IOException {
      List<String> command =
          List.of("Xvfb", "-displayfd", "1", "-nolisten", "tcp", "-screen", "0", "800x600x24");
      return RunningProgram.start(Program.builder(command), outputs);
    }
  }

  private final String name;

  private Display(String name) {
    this.name = name;
  }

  /** Opens it for the time of a test. */
  static Display open(Room room, Jdk jdk) throws IOException {
    Assumptions.assumeTrue(isOnThePath("Xvfb"), "no Xvfb on the path: no windows");
    Assumptions.assumeTrue(
        Files.exists(jdk.home().resolve("lib/libawt_xawt.so")), jdk + " is one without windows");
    return new Display(":" + room.start(new Xvfb()).awaitLine(""));
  }

  private static boolean isOnThePath(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  /** As the variable {@code DISPLAY} has it. */
  @Override
  public String toString() {
    return name;
  }
}
