package org.quicksilver.it;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Class paths of subjects: our compiled test classes and the libraries they need, not all that the
 * tests have.
 */
final class ClassPath {

  private ClassPath() {}

  /**
   * The subjects, and every jar of the tests whose file name starts with one of these.
   *
   * @throws IllegalArgumentException if no jar's name starts so
   */
  static String of(String... libraries) {
    Stream<String> jars = Arrays.stream(libraries).flatMap(library -> jars(library).stream());
    return Stream.concat(Stream.of(subjects()), jars)
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** The subjects, and every jar of the tests but ours and other agents. */
  static String whole() {
    Stream<String> jars = jars("").stream().filter(entry -> entry.endsWith(".jar"));
    return Stream.concat(Stream.of(subjects()), jars.filter(ClassPath::isNoAgent))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static boolean isNoAgent(String jar) {
    String name = Path.of(jar).getFileName().toString();
    return !name.startsWith("quicksilver") && !name.startsWith("opentelemetry-javaagent");
  }

  /** The jar of the tests whose file name starts so. */
  static Path jar(String start) {
    return Path.of(jars(start).get(0));
  }

  private static String subjects() {
    try {
      return Path.of(ClassPath.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (java.net.URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> jars(String library) {
    // The class path of a forked surefire lies in the manifest of its booter.
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> jars =
        Arrays.stream(all.split(File.pathSeparator))
            .filter(entry -> Path.of(entry).getFileName().toString().startsWith(library))
            .toList();
    if (jars.isEmpty()) {
      throw new IllegalArgumentException("no jar " + library + "* in " + all);
    }
    return jars;
  }
}
