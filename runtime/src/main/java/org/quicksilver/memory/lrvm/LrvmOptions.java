package org.quicksilver.memory.lrvm;

import java.nio.file.Path;
import org.quicksilver.memory.MemoryOptions;
import org.quicksilver.memory.storage.FileAccess;

/**
 * What an LRVM is opened with.
 *
 * @param log file of the log
 * @param memory what may be changed later
 * @param files where files lie; a test gives a disk that fails
 */
public record LrvmOptions(Path log, MemoryOptions memory, FileAccess files) {

  /** Makes the path absolute. */
  public LrvmOptions {
    log = log.toAbsolutePath().normalize();
  }

  /** A log of the file system, with {@link MemoryOptions#defaults}. */
  public static LrvmOptions of(Path log) {
    return new LrvmOptions(log, MemoryOptions.defaults(), FileAccess.ofFileSystem());
  }

  /** With other options. */
  public LrvmOptions with(MemoryOptions other) {
    return new LrvmOptions(log, other, files);
  }

  /** With other files. */
  public LrvmOptions with(FileAccess other) {
    return new LrvmOptions(log, memory, other);
  }
}
