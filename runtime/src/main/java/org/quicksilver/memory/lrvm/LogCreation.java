package org.quicksilver.memory.lrvm;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import org.quicksilver.memory.LogExistsException;
import org.quicksilver.memory.storage.FileAccess;
import org.quicksilver.memory.storage.StorageFile;

/** Makes a log: zeros that have their place on the disk, then the header. */
final class LogCreation {

  private LogCreation() {}

  static void create(FileAccess files, Path path, long length, Set<PosixFilePermission> mode)
      throws IOException {
    long capacity = LogFormat.capacityOf(length);
    if (capacity < LogFormat.SMALLEST_CAPACITY) {
      throw new IllegalArgumentException(
          "a log of %d bytes: it needs at least %d"
              .formatted(length, LogFormat.DATA + LogFormat.SMALLEST_CAPACITY));
    }
    StorageFile file;
    try {
      file = files.create(path, mode);
    } catch (FileAlreadyExistsException e) {
      throw new LogExistsException(
          path + " exists: it was not touched; use it, name another, or delete it", e);
    }
    try (file) {
      SegmentFiles.zero(file, 0, LogFormat.DATA + capacity);
      file.force();
      HeaderBlocks.write(
          file, new LogHeader(0, 1, capacity, 0, capacity, 0, LogHeader.OPEN, List.of()));
      Path directory = path.getParent();
      if (directory != null) {
        files.forceDirectory(directory);
      }
    } catch (IOException | RuntimeException e) {
      files.delete(path);
      throw e;
    }
  }
}
