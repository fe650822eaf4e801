package org.quicksilver.memory.vista;

import java.nio.file.Path;
import org.quicksilver.memory.MemoryOptions;

/**
 * What a Vista is opened with.
 *
 * @param log file of the undo log
 * @param memory kept, to be asked for; nothing of it matters to this engine
 * @param afterMachineDied whether to open a log that was open when the machine died
 */
public record VistaOptions(Path log, MemoryOptions memory, AfterMachineDied afterMachineDied) {

  /** Makes the path absolute. */
  public VistaOptions {
    log = log.toAbsolutePath().normalize();
  }

  /** With {@link MemoryOptions#defaults}; refuses after the machine died. */
  public static VistaOptions of(Path log) {
    return new VistaOptions(log, MemoryOptions.defaults(), AfterMachineDied.REFUSE);
  }

  /** With other options. */
  public VistaOptions with(MemoryOptions other) {
    return new VistaOptions(log, other, afterMachineDied);
  }

  /** With another answer to the death of the machine. */
  public VistaOptions with(AfterMachineDied other) {
    return new VistaOptions(log, memory, other);
  }
}
