package org.quicksilver.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The floor of a forced commit on this machine: 512 bytes appended to a file whose blocks are
 * there, and {@code force(false)}.
 */
@State(Scope.Benchmark)
public class Forces {

  private static final int RECORD = 512;
  private static final int FILE = 16 << 20;

  private final ByteBuffer record = ByteBuffer.allocateDirect(RECORD);
  private Path path = Path.of(".");
  private @org.jspecify.annotations.Nullable FileChannel channel;
  private long offset;

  /** Made by the harness. */
  public Forces() {}

  /** Writes zeros, so that a force writes no metadata. */
  @Setup(Level.Trial)
  public void open() throws IOException {
    path = Files.createTempFile(Path.of("."), "floor", "");
    FileChannel opened = FileChannel.open(path, StandardOpenOption.WRITE);
    opened.write(ByteBuffer.allocate(FILE), 0);
    opened.force(true);
    channel = opened;
  }

  /** One record. */
  @Benchmark
  public long appendAndForce() throws IOException {
    FileChannel opened = Objects.requireNonNull(channel);
    record.clear();
    opened.write(record, offset);
    opened.force(false);
    offset = (offset + RECORD) % FILE;
    return offset;
  }

  /** Gives the file back. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    Objects.requireNonNull(channel).close();
    Files.delete(path);
  }
}
