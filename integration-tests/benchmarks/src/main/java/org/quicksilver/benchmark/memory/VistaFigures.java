package org.quicksilver.benchmark.memory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What a transaction of four ranges of 64 bytes costs with Vista, beside the floor, LRVM and LMDB:
 * one thread, each in JVMs of its own, turn by turn.
 */
@Command(
    name = "vista-figures",
    mixinStandardHelpOptions = true,
    exitCodeOnExecutionException = 10,
    description = "Measures transactions of four ranges of 64 bytes; nanoseconds each.",
    footer = {"", "Times are of this machine and this hour; the ratios carry over."})
public final class VistaFigures implements Callable<Integer> {

  /**
   * Who is measured.
   *
   * @param name for {@link ContestantProcess}
   * @param mebibytes of the region
   */
  private record Entry(String name, long mebibytes) {}

  @Option(names = "--rounds", defaultValue = "3", description = "JVMs of each (default 3)")
  private int rounds;

  @Option(names = "--millis", defaultValue = "1000", description = "each, after as much warm-up")
  private int millis;

  @Option(
      names = "--sizes",
      split = ",",
      defaultValue = "1,64",
      description = "regions for Vista, MiB (default: ${DEFAULT-VALUE}); 4096 writes 4 GiB")
  private List<Long> sizes;

  @Option(names = "--directory", description = "where files go (default: java.io.tmpdir)")
  private @Nullable Path directory;

  private VistaFigures() {}

  /** The command. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new VistaFigures()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    Map<String, Entry> entries = entries();
    Map<String, double[]> best = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Map.Entry<String, Entry> each : entries.entrySet()) {
        double[] measured = measure(each.getValue());
        best.merge(
            each.getKey(),
            measured,
            (a, b) -> new double[] {Math.min(a[0], b[0]), Math.min(a[1], b[1])});
      }
    }
    print(best);
    return 0;
  }

  private Map<String, Entry> entries() {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (long size : sizes) {
      entries.put("Vista, region of " + size + " MiB", new Entry("vista", size));
    }
    entries.put("copy into a mapped file", new Entry("copy", 1));
    entries.put("LRVM NO_FLUSH", new Entry("NO_FLUSH", 1));
    entries.put("LRVM OS_BUFFERED", new Entry("OS_BUFFERED", 1));
    entries.put("LRVM FLUSH", new Entry("FLUSH", 1));
    entries.put("LMDB without sync", new Entry("lmdb", 1));
    entries.put("LMDB without sync, write map", new Entry("lmdb-write-map", 1));
    return entries;
  }

  private double[] measure(Entry entry) throws IOException {
    Path place =
        directory == null
            ? Files.createTempDirectory("vista-figures")
            : Files.createTempDirectory(directory, "vista-figures");
    try {
      Process process = start(entry, place);
      String line =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      String[] numbers = line.split(" ", -1);
      if (numbers.length != 2) {
        throw new IOException(entry + " printed '" + line + "'");
      }
      return new double[] {Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1])};
    } finally {
      delete(place);
    }
  }

  private Process start(Entry entry, Path place) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-opens=java.base/java.nio=ALL-UNNAMED");
    command.add("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(ContestantProcess.class.getName());
    command.add(entry.name());
    command.add(Long.toString(entry.mebibytes()));
    command.add(Integer.toString(millis));
    command.add(place.toString());
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** The first row is what the others are held against. */
  private static void print(Map<String, double[]> best) {
    double[] vista = best.values().iterator().next();
    System.out.printf("%-32s %12s %12s %12s%n", "ns a transaction", "lowest", "median", "to Vista");
    best.forEach(
        (name, each) ->
            System.out.printf(
                "%-32s %12.1f %12.1f %12.2f%n", name, each[0], each[1], each[1] / vista[1]));
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
