package org.quicksilver.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a JVM loaded until its program began, by its own log.
 *
 * @param lines name of the class and where it came from
 */
record LoadedClasses(List<String> lines) {

  /** What the agent's worker begins with a while after the start: on a busy machine, before it. */
  private static final String LATER = "org.quicksilver.agent.link.LeakHunter ";

  private static final Set<String> LAUNCHER =
      Set.of("org.quicksilver.agent.Launcher", "org.quicksilver.agent.IsolatedLoader");

  static String jvmOption(Path log) {
    return "-Xlog:class+load:file=" + log;
  }

  static LoadedClasses read(Path log, Class<?> main) throws IOException {
    List<String> lines =
        Files.readAllLines(log).stream()
            .map(line -> line.substring(line.indexOf("] ") + 2))
            .takeWhile(line -> !line.startsWith(LATER) && !line.startsWith(main.getName() + " "))
            .toList();
    return new LoadedClasses(lines);
  }

  /** Made at run time: for lambdas, method handles and reflection. */
  LoadedClasses spun() {
    return those(line -> line.contains("/0x") && !line.contains("shared objects file"));
  }

  /** Ours, without the two that the application's loader loads. */
  LoadedClasses ours() {
    return those(line -> line.startsWith("org.quicksilver.") && !LAUNCHER.contains(name(line)));
  }

  LoadedClasses but(LoadedClasses others) {
    Set<String> known = new HashSet<>(others.names());
    return those(line -> !known.contains(name(line)));
  }

  private LoadedClasses those(Predicate<String> wanted) {
    return new LoadedClasses(lines.stream().filter(wanted).toList());
  }

  List<String> names() {
    return lines.stream().map(LoadedClasses::name).toList();
  }

  private static String name(String line) {
    return line.substring(0, line.indexOf(' '));
  }

  int number() {
    return lines.size();
  }

  @Override
  public String toString() {
    return lines.stream().collect(Collectors.joining("\n  ", "\n  ", "\n"));
  }
}
