package org.quicksilver.demo;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A display to show windows on.
 *
 * @param name what DISPLAY says
 */
record Display(String name) {
  /** The user's display; else a new virtual one; else none, and the report says why. */
  static Optional<Display> find(Workspace workspace, Report report) {
    if (!Files.exists(Path.of(System.getProperty("java.home"), "lib", "libawt_xawt.so"))) {
      report.line("No windows: this Java is a headless one (no libawt_xawt.so).");
      return Optional.empty();
    }
    String given = System.getenv().getOrDefault("DISPLAY", "");
    if (!given.isEmpty()) {
      report.line("Windows go to your display, %s.", given);
      return Optional.of(new Display(given));
    }
    if (!onPath("Xvfb")) {
      report.line("No windows: DISPLAY is not set, and there is no Xvfb on the PATH.");
      return Optional.empty();
    }
    Display display = virtual(workspace);
    report.line("Windows go to a virtual display (Xvfb %s).", display.name);
    return Optional.of(display);
  }

  private static Display virtual(Workspace workspace) {
    List<String> command =
        List.of("Xvfb", "-displayfd", "1", "-screen", "0", "1024x768x24", "-nolisten", "tcp");
    return new Display(":" + workspace.start("Xvfb", command, Map.of()).awaitLine("(\\d+)"));
  }

  private static boolean onPath(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  Map<String, String> environment() {
    return Map.of("DISPLAY", name);
  }
}
