package org.quicksilver.log;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Refuses writes while the disk is nearly full. The files are sparse: a store into a mapped page
 * for which there is no disk block is not an error code but a signal, and may end the JVM.
 */
final class DiskGuard {

  private static final Logger LOG = Logger.getLogger(DiskGuard.class.getName());

  private static final int MIB = 1 << 20;

  /** More than what is written between two looks. */
  private static final long LEAST_FREE = 32L * MIB;

  private static final long LOOK_EVERY = 8L * MIB;

  /** What a small write counts: it may be the first into its page. */
  private static final int PAGE = 4096;

  private final Path directory;
  private final FileStore disk;
  private long toWrite;

  DiskGuard(Path directory) throws IOException {
    this.directory = directory;
    this.disk = Files.getFileStore(directory);
  }

  /**
   * To be called before each write; looks at the disk now and then.
   *
   * @param bytes to be written
   * @throws StoreFullException if it is nearly full
   */
  void beforeWrite(int bytes) {
    toWrite -= bytes + PAGE;
    if (toWrite < 0) {
      look();
      toWrite = LOOK_EVERY;
    }
  }

  private void look() {
    long free = free();
    if (free < LEAST_FREE) {
      throw new StoreFullException(
          "the disk of "
              + directory
              + " is nearly full: free at least "
              + LEAST_FREE / MIB
              + " MiB",
          null);
    }
  }

  private long free() {
    try {
      return disk.getUsableSpace();
    } catch (IOException e) {
      LOG.log(Level.FINE, "cannot see how full the disk is", e);
      return Long.MAX_VALUE;
    }
  }
}
