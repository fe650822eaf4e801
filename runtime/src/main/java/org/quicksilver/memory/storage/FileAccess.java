package org.quicksilver.memory.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * Where the files of recoverable memory lie: the file system, or a simulated disk. Thread-safe.
 *
 * <p>An interrupt of the thread that uses a file closes that file: use one that cannot be
 * interrupted.
 */
public interface FileAccess {

  /**
   * Opens a file.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   */
  StorageFile open(Path path, boolean writable) throws IOException;

  /**
   * Creates an empty file for reading and writing. Its name survives a power failure once {@link
   * #forceDirectory} of its directory has returned.
   *
   * @param mode who may do what with it; without effect where the file system knows no owners
   * @throws java.nio.file.FileAlreadyExistsException if there is one
   */
  StorageFile create(Path path, Set<PosixFilePermission> mode) throws IOException;

  /** Removes a file if there is one. */
  void delete(Path path) throws IOException;

  /** Makes the names in a directory survive a power failure, where that needs to be asked for. */
  void forceDirectory(Path directory) throws IOException;

  /** That of this machine. */
  static FileAccess ofFileSystem() {
    return DiskAccess.INSTANCE;
  }
}
