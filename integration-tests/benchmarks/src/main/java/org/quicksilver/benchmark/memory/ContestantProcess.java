package org.quicksilver.benchmark.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import org.lmdbjava.EnvFlags;
import org.quicksilver.memory.CommitMode;
import org.quicksilver.memory.lrvm.Lrvm;
import org.quicksilver.memory.lrvm.LrvmOptions;
import org.quicksilver.memory.vista.Vista;
import org.quicksilver.memory.vista.VistaOptions;

/**
 * Measures one contestant in a JVM of its own, for the compiler's sake: a program uses one engine.
 * Prints nanoseconds a transaction, lowest and median of short slices.
 *
 * <p>Arguments: contestant, region in MiB, milliseconds, directory.
 */
final class ContestantProcess {

  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");
  private static final long LRVM_LOG = 64 << 20;
  private static final long VISTA_LOG = 1 << 20;
  private static final int MOST_SLICES = 1000;
  private static final long SLICE_NANOS = 2_000_000;

  private ContestantProcess() {}

  public static void main(String[] arguments) throws IOException {
    long size = Long.parseLong(arguments[1]) << 20;
    long nanos = Long.parseLong(arguments[2]) * 1_000_000;
    try (Contestant contestant = contestant(arguments[0], size, Path.of(arguments[3]))) {
      slices(contestant, nanos);
      double[] sorted = Arrays.stream(slices(contestant, nanos)).sorted().toArray();
      System.out.println(sorted[0] + " " + sorted[sorted.length / 2]);
    }
  }

  private static Contestant contestant(String name, long size, Path place) throws IOException {
    Path directory = Files.createDirectories(place);
    return switch (name) {
      case "copy" -> new MappedCopy(directory);
      case "vista" -> vista(directory, size);
      case "lmdb" -> new LmdbContestant(directory, EnvFlags.MDB_NOSYNC);
      case "lmdb-write-map" ->
          new LmdbContestant(directory, EnvFlags.MDB_NOSYNC, EnvFlags.MDB_WRITEMAP);
      default -> lrvm(directory, size, CommitMode.valueOf(name));
    };
  }

  private static Contestant vista(Path directory, long size) {
    VistaOptions options = VistaOptions.of(directory.resolve("log"));
    Vista.createLog(options, VISTA_LOG, OWNER);
    return new MemoryContestant(
        Vista.initialize(options), directory.resolve("segment"), size, CommitMode.FLUSH);
  }

  private static Contestant lrvm(Path directory, long size, CommitMode mode) {
    LrvmOptions options = LrvmOptions.of(directory.resolve("log"));
    Lrvm.createLog(options, LRVM_LOG, OWNER);
    return new MemoryContestant(Lrvm.initialize(options), directory.resolve("segment"), size, mode);
  }

  /** The last of them, if there are many. */
  private static double[] slices(Contestant contestant, long nanos) {
    double[] slices = new double[MOST_SLICES];
    long end = System.nanoTime() + nanos;
    int count = 0;
    for (long number = 0; System.nanoTime() < end; count++) {
      long start = System.nanoTime();
      long first = number;
      long now = start;
      for (int batch = 1; now - start < SLICE_NANOS; batch = Math.min(2 * batch, 1024)) {
        for (int i = 0; i < batch; i++) {
          contestant.transaction(number++);
        }
        now = System.nanoTime();
      }
      slices[count % MOST_SLICES] = (double) (now - start) / (number - first);
    }
    return Arrays.copyOf(slices, Math.min(Math.max(count, 1), MOST_SLICES));
  }
}
