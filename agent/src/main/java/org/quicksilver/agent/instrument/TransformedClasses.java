package org.quicksilver.agent.instrument;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The cache of transformed classes in two parts: what every start needs, and what is needed only
 * when a program uses sockets, processes and the like. A start reads the first and nothing else.
 *
 * <p>Thread-safe, and nobody waits for anybody: see {@link ClassCache}.
 */
final class TransformedClasses {

  private final ClassCache atStart;
  private final @Nullable Path laterFile;
  private final AtomicReference<@Nullable ClassCache> later = new AtomicReference<>();
  private volatile boolean started;

  /**
   * Reads the first part.
   *
   * @param file of the first part; the other lies beside it. Null for neither
   */
  TransformedClasses(@Nullable Path file) {
    this.atStart = new ClassCache(file);
    this.laterFile = file == null ? null : beside(file);
  }

  private static Path beside(Path file) {
    String name = String.valueOf(file.getFileName());
    return file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".later");
  }

  /** What was loaded before has been transformed; from now on classes come as they are needed. */
  void started() {
    started = true;
  }

  /** Reads the second part when something is not in the first; two at once both read it. */
  private ClassCache later() {
    ClassCache known = later.get();
    if (known != null) {
      return known;
    }
    ClassCache read = new ClassCache(laterFile);
    ClassCache before = later.compareAndExchange(null, read);
    return before == null ? read : before;
  }

  /** The transformed class, if it was made from exactly these bytes. */
  byte @Nullable [] get(String name, byte[] original) {
    byte[] known = started ? null : atStart.get(name, original);
    if (known == null) {
      known = later().get(name, original);
    }
    return known == null && started ? atStart.get(name, original) : known;
  }

  void put(String name, byte[] original, byte[] transformed) {
    (started ? later() : atStart).put(name, original, transformed);
  }

  /** Writes what was added. */
  void save() throws IOException {
    atStart.save();
    ClassCache read = later.get();
    if (read != null) {
      read.save();
    }
  }
}
