package org.quicksilver.node;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.quicksilver.handle.Descriptors;
import org.quicksilver.handle.HandleKind;

/**
 * The descriptors of a JVM for which its agent has no record: opened by native code, by a way that
 * is not intercepted, or before the agent was attached. From {@code /proc}, so on Linux only; costs
 * a system call for each hundred descriptors, and one for each that has no record. Stateless.
 */
final class UnattributedDescriptors {

  /** One of them, and what the kernel says it leads to. */
  record Descriptor(int number, String target) {}

  private static final String SOCKET = "socket:[";

  /** Of the JVM itself: it listens there for who wants to attach. */
  private static final String ATTACH_LISTENER = "/.java_pid";

  private UnattributedDescriptors() {}

  /**
   * Those of a JVM now.
   *
   * @throws IOException if they cannot be had: another system, user or process namespace, or dead
   */
  static List<Descriptor> of(Jvm jvm) throws IOException {
    Path process = Path.of("/proc", Long.toString(jvm.pid()));
    Path directory = process.resolve("fd");
    List<Integer> open = numbers(directory);
    BitSet known = jvm.crumbs().knownDescriptors();
    Map<Integer, String> unknown = new TreeMap<>();
    Map<String, Integer> recorded = new HashMap<>();
    List<Integer> candidates = open.stream().filter(number -> !known.get(number)).toList();
    for (int number : candidates) {
      target(directory, number, unknown);
    }
    if (unknown.isEmpty()) {
      return List.of();
    }
    countDirectories(jvm, directory, recorded);
    Set<String> own = attachListeners(process, unknown);
    List<Descriptor> rest = new ArrayList<>();
    unknown.forEach(
        (number, target) -> {
          boolean twin = recorded.merge(target, -1, Integer::sum) >= 0;
          if (!twin && !own.contains(target)) {
            rest.add(new Descriptor(number, target));
          }
        });
    return rest;
  }

  private static List<Integer> numbers(Path directory) throws IOException {
    List<Integer> numbers = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        numbers.add(Integer.parseInt(entry.getFileName().toString()));
      }
    }
    return numbers;
  }

  /** One that has been closed meanwhile was on its way out, or just being opened and recorded. */
  private static void target(Path directory, int number, Map<Integer, String> targets) {
    try {
      targets.put(
          number, Files.readSymbolicLink(directory.resolve(Integer.toString(number))).toString());
    } catch (IOException e) {
      // Closed.
    }
  }

  /** A directory stream has two descriptors of one target, and the JDK tells the second only. */
  private static void countDirectories(Jvm jvm, Path directory, Map<String, Integer> recorded)
      throws IOException {
    Map<Integer, String> targets = new HashMap<>();
    jvm.crumbs()
        .forEach(
            Set.of(HandleKind.DIRECTORY),
            handle -> {
              for (int number : Descriptors.of(handle.kind(), handle.extra())) {
                target(directory, number, targets);
              }
            });
    targets.values().forEach(target -> recorded.merge(target, 1, Integer::sum));
  }

  private static Set<String> attachListeners(Path process, Map<Integer, String> unknown) {
    Set<String> listeners = new HashSet<>();
    if (unknown.values().stream().anyMatch(target -> target.startsWith(SOCKET))) {
      try {
        for (String line : Files.readAllLines(process.resolve("net/unix"))) {
          if (line.contains(ATTACH_LISTENER)) {
            listeners.add(SOCKET + line.strip().split("\\s+")[6] + "]");
          }
        }
      } catch (IOException | IndexOutOfBoundsException e) {
        // Then it is listed like the others.
      }
    }
    return listeners;
  }
}
