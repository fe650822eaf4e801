package org.quicksilver.it;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The JDKs to test on: the one that runs the tests, those that {@code QUICKSILVER_TEST_JDKS} names
 * (directories, separated as on a class path) and those in {@code /usr/lib/jvm}; one of each
 * supported feature version.
 */
final class Jdks {

  private static final List<Integer> SUPPORTED = List.of(17, 21, 25);
  private static final List<Jdk> FOUND = find();

  private Jdks() {}

  /** In the order of their versions; never empty. */
  static List<Jdk> found() {
    return FOUND;
  }

  /** The one that runs the tests. */
  static Jdk running() {
    return new Jdk(Runtime.version().feature(), Path.of(System.getProperty("java.home")));
  }

  private static List<Jdk> find() {
    Map<Integer, Jdk> byFeature = new TreeMap<>();
    byFeature.put(running().feature(), running());
    for (Path home : candidates()) {
      feature(home).ifPresent(feature -> byFeature.putIfAbsent(feature, new Jdk(feature, home)));
    }
    List<Jdk> found = List.copyOf(byFeature.values());
    System.out.println("testing on " + found);
    return found;
  }

  private static List<Path> candidates() {
    List<Path> candidates = new ArrayList<>();
    String named = System.getenv().getOrDefault("QUICKSILVER_TEST_JDKS", "");
    Arrays.stream(named.split(File.pathSeparator))
        .filter(name -> !name.isBlank())
        .map(Path::of)
        .forEach(candidates::add);
    try (Stream<Path> installed = Files.list(Path.of("/usr/lib/jvm"))) {
      installed.filter(path -> !Files.isSymbolicLink(path)).sorted().forEach(candidates::add);
    } catch (IOException e) {
      // Not a machine that keeps its JDKs there.
    }
    return candidates;
  }

  /** Empty if that is no JDK, or none of a version that is supported. */
  private static OptionalInt feature(Path home) {
    Properties release = new Properties();
    try (Reader reader = Files.newBufferedReader(home.resolve("release"))) {
      release.load(reader);
    } catch (IOException e) {
      return OptionalInt.empty();
    }
    String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
    return version.isEmpty() || !Files.isExecutable(home.resolve("bin").resolve("java"))
        ? OptionalInt.empty()
        : SUPPORTED.stream()
            .mapToInt(Integer::intValue)
            .filter(feature -> feature == Runtime.Version.parse(version).feature())
            .findFirst();
  }
}
