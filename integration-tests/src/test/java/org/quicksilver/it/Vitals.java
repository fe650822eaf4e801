package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JVM takes up when nothing is going on and its collector has been through, by the account
 * of the JVM and of the kernel.
 *
 * @param classes instances and bytes of each class of ours, by its name
 * @param heapBytes of all that lives
 * @param nativeKibibytes committed beside the heap, by kind, by native memory tracking; but for
 *     what the JVM itself needs for classes and compiled code
 * @param privateBytes resident and not of a file
 * @param descriptors number
 * @param threads number of those that are ours
 */
record Vitals(
    Map<String, Count> classes,
    long heapBytes,
    Map<String, Long> nativeKibibytes,
    long privateBytes,
    int descriptors,
    long threads) {

  /** Instances of a class, and what they take up themselves. */
  record Count(long instances, long bytes) {}

  private static final Pattern CLASS = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+).*");
  private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");
  private static final Pattern NATIVE =
      Pattern.compile("-\\s+(.+?) \\(reserved=\\d+KB, committed=(\\d+)KB.*");
  private static final Pattern PRIVATE = Pattern.compile("RssAnon:\\s+(\\d+) kB");

  /**
   * Those of the JVM's own that grow as long as something new is loaded or compiled. What a
   * compiler has given back is kept in arena chunks for some seconds.
   */
  private static final List<String> OF_THE_JVM =
      List.of(
          "Java Heap",
          "Class",
          "Code",
          "Compiler",
          "Arena Chunk",
          "Metaspace",
          "Symbol",
          "GC",
          "Internal");

  private static final Pattern OURS =
      Pattern.compile(
          "\\[*L?(org\\.quicksilver\\.(?!it\\.).*|java\\.(lang|util\\.concurrent)\\.Quicksilver.*)");

  static Vitals of(Jdk jdk, long pid) throws IOException, InterruptedException {
    Map<String, Count> classes = new TreeMap<>();
    String histogram = histogramAtRest(jdk, pid);
    Matcher each = CLASS.matcher("");
    for (String line : histogram.lines().toList()) {
      if (each.reset(line).matches() && OURS.matcher(each.group(3)).matches()) {
        Count count = new Count(Long.parseLong(each.group(1)), Long.parseLong(each.group(2)));
        classes.put(each.group(3), count);
      }
    }
    return new Vitals(
        classes,
        number(TOTAL, histogram),
        nativeKibibytes(jcmd(jdk, pid, "VM.native_memory", "summary")),
        number(PRIVATE, Files.readString(Path.of("/proc/" + pid + "/status"))) << 10,
        OpenDescriptors.of(pid).targets().size(),
        ownThreads(pid));
  }

  /** What one collection finds unreachable is taken care of, and forgotten, before the next. */
  private static String histogramAtRest(Jdk jdk, long pid)
      throws IOException, InterruptedException {
    long before = Long.MAX_VALUE;
    while (true) {
      jcmd(jdk, pid, "GC.run");
      String histogram = jcmd(jdk, pid, "GC.class_histogram");
      long now = number(TOTAL, histogram);
      if (now > before - before / 200) {
        return histogram;
      }
      before = now;
    }
  }

  private static long number(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    if (!found.find()) {
      throw new AssertionError("no " + pattern + " in " + text);
    }
    return Long.parseLong(found.group(1));
  }

  private static Map<String, Long> nativeKibibytes(String summary) {
    Map<String, Long> kinds = new TreeMap<>();
    Matcher each = NATIVE.matcher("");
    for (String line : summary.lines().toList()) {
      if (each.reset(line.strip()).matches() && !OF_THE_JVM.contains(each.group(1))) {
        kinds.put(each.group(1), Long.parseLong(each.group(2)));
      }
    }
    return kinds;
  }

  private static long ownThreads(long pid) throws IOException {
    List<String> names = new ArrayList<>();
    for (Path task : Listing.of(Path.of("/proc/" + pid + "/task"))) {
      names.add(Files.readString(task.resolve("comm")));
    }
    return names.stream().filter(name -> name.startsWith("quicksilver")).count();
  }

  private static String jcmd(Jdk jdk, long pid, String... command)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    words.add(jdk.home().resolve("bin/jcmd").toString());
    words.add(Long.toString(pid));
    words.addAll(List.of(command));
    Process process = Processes.start(Program.builder(words).redirectErrorStream(true));
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), () -> String.join(" ", words) + ": " + said);
    return said;
  }

  /** What has grown since then by more than it may, a line each; empty if nothing. */
  List<String> growthSince(Vitals before, Allowance allowance) {
    List<String> grown = new ArrayList<>();
    classes.forEach(
        (name, now) -> {
          long then = before.classes.getOrDefault(name, new Count(0, 0)).instances;
          if (now.instances > then + then / 4 + allowance.instances) {
            grown.add(name + ": " + then + " -> " + now.instances + " instances");
          }
        });
    add(grown, "heap, bytes", before.heapBytes, heapBytes, allowance.bytes);
    String kinds = " KiB by kind: " + before.nativeKibibytes + " -> " + nativeKibibytes;
    add(
        grown,
        "native memory," + kinds + ", bytes",
        before.nativeBytes(),
        nativeBytes(),
        allowance.bytes);
    add(grown, "private memory, bytes", before.privateBytes, privateBytes, allowance.residentBytes);
    add(grown, "descriptors", before.descriptors, descriptors, 0);
    add(grown, "threads of ours", before.threads, threads, 1);
    return grown;
  }

  /**
   * By how much things may differ between two moments at rest.
   *
   * @param instances of a class, beside a quarter of what there were
   * @param bytes of the heap and of native memory
   * @param residentBytes of all that the process takes up
   */
  record Allowance(long instances, long bytes, long residentBytes) {}

  private static void add(List<String> grown, String what, long then, long now, long allowed) {
    if (now > then + allowed) {
      grown.add(what + ": " + then + " -> " + now);
    }
  }

  private long nativeBytes() {
    return nativeKibibytes.values().stream().mapToLong(Long::longValue).sum() << 10;
  }

  /** All classes of ours together. */
  long ownBytes() {
    return classes.values().stream().mapToLong(Count::bytes).sum();
  }

  @Override
  public String toString() {
    return "of ours %,d bytes in the heap, all %,d; native %,d; private %,d; %d descriptors; %d threads"
        .formatted(ownBytes(), heapBytes, nativeBytes(), privateBytes, descriptors, threads);
  }
}
