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

  /**
   * More than what is written between two looks: {@link #LOOK_EVERY} values of the greatest length.
   */
  private static final long LEAST_FREE = 32L * MIB;

  private static final int LOOK_EVERY = 256;

  private final Path directory;
  private final FileStore disk;
  private int writes;

  DiskGuard(Path directory) throws IOException {
    this.directory = directory;
    this.disk = Files.getFileStore(directory);
  }

  /**
   * To be called before each write; looks at the disk now and then.
   *
   * @throws StoreFullException if it is nearly full
   */
  void beforeWrite() {
    if (writes++ % LOOK_EVERY == 0) {
      look();
    }
  }

  private void look() {
    long free = free();
    if (free < LEAST_FREE) {
      writes = 0;
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
