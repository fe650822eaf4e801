package org.quicksilver.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * What the operating system knows of processes: {@code /proc} where there is one, otherwise {@link
 * ProcessHandle}. Stateless; a few microseconds a call.
 */
final class ProcessTable {

  private static final Path PROC = Path.of("/proc");
  private static final boolean HAS_PROC = Files.isReadable(PROC.resolve("self/stat"));

  /** Field 22 of {@code /proc/PID/stat}, counted from the state, which is field 3. */
  private static final int START = 22 - 3;

  private ProcessTable() {}

  /**
   * When a process started, in units that only compare: two processes of the same number differ in
   * it.
   *
   * @return empty if there is no such process, or only its corpse is left
   */
  static Optional<Long> startMark(long pid) {
    return HAS_PROC ? fromProc(pid) : fromHandle(pid);
  }

  private static Optional<Long> fromProc(long pid) {
    try {
      String stat = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      boolean corpse = fields[0].equals("Z") || fields[0].equals("X");
      return corpse ? Optional.empty() : Optional.of(Long.parseLong(fields[START]));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<Long> fromHandle(long pid) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .map(handle -> handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
  }

  /** When a process started; empty if there is none, or it cannot be told. */
  static Optional<Instant> startedAt(long pid) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .flatMap(handle -> handle.info().startInstant());
  }
}
