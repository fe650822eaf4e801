package org.quicksilver.memory;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A log that is only looked at: nothing of it, or of its segments, is changed. While it is open, no
 * process can open the log as memory. One thread at a time; blocks for reading.
 */
public interface LogInspection extends AutoCloseable {

  /** Name of the engine, in small letters. */
  String engine();

  /** Whether somebody has it open as memory: then its entries and its state are in flow. */
  boolean isInUse();

  /** What its header says, in the order to be shown: texts, whole numbers, and yes or no. */
  Map<String, Object> facts();

  /** The segments it is about. */
  List<Path> segments();

  /**
   * Shows what is in the log, up to its end or the first damage.
   *
   * @throws LogInUseException if it is in use
   */
  void forEachLine(Consumer<LogLine> consumer);

  /**
   * Checks everything that is covered by a check, and says what is not as it was written; empty if
   * all is.
   *
   * @throws LogInUseException if it is in use
   */
  Optional<String> damage();

  @Override
  void close();
}
