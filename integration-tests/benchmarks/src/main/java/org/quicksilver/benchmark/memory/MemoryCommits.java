package org.quicksilver.benchmark.memory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.quicksilver.benchmark.Directories;

/** Commits of four ranges of 64 bytes; one entrant in each JVM, as in a program. */
@State(Scope.Benchmark)
public class MemoryCommits {

  /** Whose. */
  @Param public Entrant entrant = Entrant.FORCE;

  private Path directory = Path.of(".");
  private @Nullable Contender contender;

  /** Made by the harness. */
  public MemoryCommits() {}

  /** Makes its files, in the working directory. */
  @Setup(Level.Trial)
  public void open() throws Exception {
    directory = Files.createTempDirectory(Path.of("."), "memory").toAbsolutePath();
    contender = entrant.maker().make(directory);
  }

  /** One transaction. */
  @Benchmark
  public void commit() throws Exception {
    Objects.requireNonNull(contender).commit();
  }

  /** Removes its files. */
  @TearDown(Level.Trial)
  public void close() throws Exception {
    try {
      Objects.requireNonNull(contender).close();
    } finally {
      Directories.delete(directory);
    }
  }
}
