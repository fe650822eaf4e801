package org.quicksilver.benchmark.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.quicksilver.memory.CommitMode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures recoverable memory beside its peers and the floor. All are alive at once and run in
 * turn, a slice each: what else the machine does hits all alike. A figure is the median of the
 * slices.
 */
@Command(
    name = "memory-figures",
    mixinStandardHelpOptions = true,
    description = "Measures commits of four ranges of 64 bytes, recovery, and truncation.",
    exitCodeOnExecutionException = 10,
    footer = {"", "Exit codes: 0 every figure is as promised, 1 one is not, 2 usage, 10 failed."})
public final class MemoryFigures implements Callable<Integer> {

  private static final String FLOOR = "floor: append and force";
  private static final String FLUSH = "LRVM FLUSH";
  private static final String FLUSH_16 = "LRVM FLUSH, 16 threads";
  private static final String SMALL_LOG = "LRVM FLUSH, always truncating";
  private static final String BUFFERED = "LRVM OS_BUFFERED";
  private static final String NO_FLUSH = "LRVM NO_FLUSH";
  private static final String WIDE = "LRVM FLUSH, region of 4 GiB";
  private static final String WIDE_NO_FLUSH = "LRVM NO_FLUSH, region of 4 GiB";
  private static final String VISTA = "Vista";
  private static final String LMDB = "LMDB without sync";
  private static final String ROCKS = "RocksDB without sync";

  @Option(names = "--directory", description = "where to put files (default: the temporary one)")
  private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

  @Option(names = "--slices", defaultValue = "15", description = "slices of each (default 15)")
  private int slices;

  @Option(names = "--millis", defaultValue = "200", description = "of a slice (default 200)")
  private int millis;

  @Option(names = "--log", defaultValue = "1024", description = "MiB of the log to recover")
  private long logMebibytes;

  @Option(names = "--no-peers", description = "leave the peers out")
  private boolean noPeers;

  private final Map<String, Slices> all = new LinkedHashMap<>();
  private boolean kept = true;

  private MemoryFigures() {}

  /** The command. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new MemoryFigures()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Path files = Files.createTempDirectory(directory, "memory-figures");
    try {
      add(files);
      run();
      print();
      recovery(files.resolve("recovery"));
      return kept ? 0 : 1;
    } finally {
      for (Slices each : all.values()) {
        each.close();
      }
      delete(files);
    }
  }

  private void add(Path files) throws Exception {
    long wide = 4L << 30;
    add(files, FLOOR, 1, at -> Floors.append(at, true));
    add(files, "floor: append", 1, at -> Floors.append(at, false));
    add(files, "floor: copy into a mapped file", 1, Floors::copy);
    add(files, FLUSH, 1, LrvmContender.of(CommitMode.FLUSH));
    add(files, FLUSH_16, 16, LrvmContender.of(CommitMode.FLUSH));
    add(files, SMALL_LOG, 1, at -> new LrvmContender(at, CommitMode.FLUSH, 1 << 20, 1 << 20, 0.5));
    add(files, BUFFERED, 1, LrvmContender.of(CommitMode.OS_BUFFERED));
    add(files, NO_FLUSH, 1, LrvmContender.of(CommitMode.NO_FLUSH));
    add(files, WIDE, 1, at -> new LrvmContender(at, CommitMode.FLUSH, 256L << 20, wide, 0.5));
    add(
        files,
        WIDE_NO_FLUSH,
        1,
        at -> new LrvmContender(at, CommitMode.NO_FLUSH, 256L << 20, wide, 0.5));
    add(files, VISTA, 1, VistaContender::new);
    if (!noPeers) {
      add(files, "LMDB", 1, at -> Peers.lmdb(at, true));
      add(files, LMDB, 1, at -> Peers.lmdb(at, false));
      add(files, "RocksDB", 1, at -> Peers.rocksDb(at, true));
      add(files, ROCKS, 1, at -> Peers.rocksDb(at, false));
      add(files, "MVStore", 1, Peers::mvStore);
      add(files, "Artemis journal", 1, at -> Peers.artemis(at, true));
    }
  }

  private void add(Path files, String name, int threads, Contender.Maker maker) throws Exception {
    Path own = Files.createDirectory(files.resolve("c" + all.size()));
    all.put(name, new Slices(maker.make(own), threads));
  }

  private void run() throws Exception {
    for (Slices each : all.values()) {
      each.warmUp(Math.max(500, millis * 3));
    }
    for (int i = 0; i < slices; i++) {
      for (Slices each : all.values()) {
        each.run(millis);
      }
    }
  }

  private void print() {
    double floor = all.get(FLOOR).median();
    System.out.printf(
        "%-34s %12s %14s%n", "four ranges of 64 bytes", "us a commit", "times the floor");
    all.forEach(
        (name, each) ->
            System.out.printf(
                "%-34s %12.3f %14.4f%n", name, each.median() / 1000, each.median() / floor));
    System.out.println();
    promise("floor / LRVM FLUSH, one thread", ratio(FLOOR, FLUSH), 0.85, true);
    promise("commits of 16 threads / of one", ratio(FLUSH, FLUSH_16), 8, true);
    promise("us of LRVM NO_FLUSH", all.get(NO_FLUSH).median() / 1000, 1, false);
    promise("always truncating / not", ratio(SMALL_LOG, FLUSH), 1.5, false);
    promise("region of 4 GiB / of 1 MiB, FLUSH", ratio(WIDE, FLUSH), 1.5, false);
    promise("region of 4 GiB / of 1 MiB, NO_FLUSH", ratio(WIDE_NO_FLUSH, NO_FLUSH), 1.5, false);
    promise("us of Vista", all.get(VISTA).median() / 1000, 0.15, false);
    promise("LRVM FLUSH / Vista", ratio(FLUSH, VISTA), 500, true);
    if (all.containsKey(ROCKS)) {
      promise("LMDB without sync / Vista", ratio(LMDB, VISTA), 10, true);
      promise("OS_BUFFERED / RocksDB without sync", ratio(BUFFERED, ROCKS), 1, false);
    }
  }

  /** Median of the ratios of slices that were run next to each other. */
  private double ratio(String above, String below) {
    List<Double> one = all.get(above).nanos();
    List<Double> other = all.get(below).nanos();
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < one.size(); i++) {
      ratios.add(one.get(i) / other.get(i));
    }
    ratios.sort(null);
    return ratios.get(ratios.size() / 2);
  }

  private void promise(String what, double figure, double bound, boolean atLeast) {
    boolean holds = atLeast ? figure >= bound : figure <= bound;
    kept &= holds;
    System.out.printf(
        "%-40s %8.3f  promised %s %.2f%s%n",
        what, figure, atLeast ? "at least" : "at most", bound, holds ? "" : "  NOT KEPT");
  }

  private void recovery(Path own) throws Exception {
    Files.createDirectory(own);
    RecoverySpeed speed = RecoverySpeed.measure(own, logMebibytes << 20);
    System.out.printf(
        "log of %d MiB, %d records: read in %.0f ms, from the cache in %.0f ms; recovered in %.0f ms%n",
        logMebibytes,
        speed.records(),
        speed.readMillis(),
        speed.cachedMillis(),
        speed.recoverMillis());
    promise("recovery / reading", speed.recoverMillis() / speed.readMillis(), 2, false);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
